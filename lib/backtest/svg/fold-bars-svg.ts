import { barStep, sharpeBarsSvg } from "./sharpe-bars-svg.ts";

interface FoldBar {
  /** Test dates "YYYY-MM-DD". */
  readonly first: string;
  readonly last: string;
  /** Annual residual Sharpe ratio; null = undefined. */
  readonly sharpe: number | null;
  readonly trades: number;
  readonly winRate: number | null;
}

export interface FoldBarsPlot {
  readonly title: string;
  readonly subtitle: string;
  readonly folds: readonly FoldBar[];
  /** The ratio over all folds, drawn as a line; null = undefined. */
  readonly overall: number | null;
  readonly simulated: boolean;
}

/** Pixels that a fold's trades with their share of winners need, its two months, and its first month alone. */
const WHOLE_TEXT = 140;
const MONTHS_TEXT = 112;
const MONTH_TEXT = 46;

/** One bar for each fold's out-of-sample Sharpe ratio, blue above 0 and orange below, as an SVG document. */
export function foldBarsSvg({ title, subtitle, folds, overall, simulated }: FoldBarsPlot): string {
  const step = barStep(folds.length);
  return sharpeBarsSvg({
    title,
    subtitle,
    description: `Annual residual Sharpe ratio of ${folds.length} test blocks.`,
    caption: step < MONTHS_TEXT ? "Test blocks by the time at which they begin" : null,
    bars: folds.map((fold, i) => ({ value: fold.sharpe, below: textBelow(fold, i, step) })),
    across: overall === null ? null : { value: overall, name: "all folds" },
    simulated,
  });
}

function textBelow({ first, last, trades, winRate }: FoldBar, index: number, step: number): string[] {
  if (step < MONTHS_TEXT) return [String(index + 1), first.slice(0, step < MONTH_TEXT ? 4 : 7)];
  const won = winRate === null || step < WHOLE_TEXT ? "" : `, ${(100 * winRate).toFixed(0)} % won`;
  return [`Fold ${index + 1}`, `${first.slice(0, 7)} to ${last.slice(0, 7)}`, `${trades} trade${trades === 1 ? "" : "s"}${won}`];
}
