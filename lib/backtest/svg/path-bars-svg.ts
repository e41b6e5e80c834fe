import { barStep, sharpeBarsSvg } from "./sharpe-bars-svg.ts";

export interface PathBarsPlot {
  readonly title: string;
  readonly subtitle: string;
  /** Annual residual Sharpe ratio of each path; null = undefined. */
  readonly sharpes: readonly (number | null)[];
  /** The path whose numbers stand for the variant. */
  readonly shown: number;
  readonly simulated: boolean;
}

/** Pixels that a path's number needs. */
const NUMBER_TEXT = 20;

/** One bar a path from the worst to the best, those without a ratio first; the one that is shown stands out. */
export function pathBarsSvg({ title, subtitle, sharpes, shown, simulated }: PathBarsPlot): string {
  const step = barStep(sharpes.length);
  const order = sharpes.map((value, path) => ({ value, path })).sort((a, b) => rank(a.value) - rank(b.value) || a.path - b.path);
  return sharpeBarsSvg({
    title,
    subtitle,
    description: `Annual residual Sharpe ratio of ${sharpes.length} out-of-sample paths, ascending.`,
    caption: "Paths from the worst to the best; those without a ratio first",
    bars: order.map(({ value, path }) => ({
      value,
      below: step < NUMBER_TEXT && path !== shown ? [] : [String(path + 1), ...(path === shown ? ["median"] : [])],
      stands: path === shown,
    })),
    across: null,
    simulated,
  });
}

/** Lower than any ratio of daily returns can be, and still a number to subtract. */
const LOWEST = -1e9;
const rank = (value: number | null): number => value ?? LOWEST;
