import { COLORS, line, niceTicks, page, px, signed, text } from "./draw.ts";

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

const WIDTH = 900;
const HEIGHT = 420;
const LEFT = 64;
const RIGHT = 820;
const TOP = 96;
const BOTTOM = 330;

/** One bar for each fold's out-of-sample Sharpe ratio, blue above 0 and orange below, as an SVG document. */
export function foldBarsSvg({ title, subtitle, folds, overall, simulated }: FoldBarsPlot): string {
  const values = [0, overall ?? 0, ...folds.map(({ sharpe }) => sharpe ?? 0)];
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  // Without a spread there is still an axis to draw.
  const ticks = niceTicks(Math.min(low, high === 0 ? -0.5 : low), Math.max(high, 0.5), 5);
  const [from, to] = [ticks[0]!, ticks.at(-1)!];
  const y = (value: number): number => BOTTOM - ((BOTTOM - TOP) * (value - from)) / (to - from);
  const step = (RIGHT - LEFT) / Math.max(1, folds.length);
  const width = Math.min(96, step * 0.56);
  const digits = ticks.some((tick) => !Number.isInteger(tick)) ? 1 : 0;
  const description = `Annual residual Sharpe ratio of ${folds.length} test blocks.`;
  return page(WIDTH, HEIGHT, { title, subtitle, description, simulated }, [
    text(LEFT, TOP - 12, "Sharpe ratio of residual daily returns (annual)", { size: 11 }),
    ...ticks.flatMap((tick) => [
      line(LEFT, y(tick), RIGHT, y(tick), tick === 0 ? COLORS.reference : COLORS.grid),
      text(LEFT - 8, y(tick) + 4, signed(tick, digits), { size: 11, anchor: "end" }),
    ]),
    ...folds.flatMap((fold, i) => bar(fold, i, LEFT + step * (i + 0.5), width, y)),
    ...(overall === null
      ? []
      : [
          line(LEFT, y(overall), RIGHT, y(overall), COLORS.ink, ' stroke-dasharray="5 4" stroke-opacity="0.55"'),
          text(RIGHT + 8, y(overall), "all folds", { size: 11, fill: COLORS.ink }),
          text(RIGHT + 8, y(overall) + 14, signed(overall, 2), { size: 11, fill: COLORS.ink, weight: 600 }),
        ]),
  ]);
}

function bar(
  { first, last, sharpe, trades, winRate }: FoldBar,
  index: number,
  center: number,
  width: number,
  y: (value: number) => number,
): string[] {
  const won = winRate === null ? "" : `, ${(100 * winRate).toFixed(0)} % won`;
  const below = [
    text(center, BOTTOM + 24, `Fold ${index + 1}`, { anchor: "middle", fill: COLORS.ink, weight: 600 }),
    text(center, BOTTOM + 41, `${first.slice(0, 7)} to ${last.slice(0, 7)}`, { size: 11, anchor: "middle" }),
    text(center, BOTTOM + 57, `${trades} trade${trades === 1 ? "" : "s"}${won}`, { size: 11, anchor: "middle" }),
  ];
  if (sharpe === null) return [text(center, y(0) - 8, "n/a", { anchor: "middle" }), ...below];
  const [top, height] = [Math.min(y(0), y(sharpe)), Math.abs(y(sharpe) - y(0))];
  const color = sharpe < 0 ? COLORS.loss : COLORS.gain;
  return [
    `<rect x="${px(center - width / 2)}" y="${px(top)}" width="${px(width)}" height="${px(height)}" fill="${color}" fill-opacity="0.85"/>`,
    text(center, sharpe < 0 ? top + height + 15 : top - 7, signed(sharpe, 2), { anchor: "middle", fill: color, weight: 600, halo: true }),
    ...below,
  ];
}
