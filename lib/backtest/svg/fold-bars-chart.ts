import { niceTicks, signed } from "./draw.ts";
import { box, picture, stroke, word } from "./themed.ts";

export interface FoldBarsChart {
  readonly folds: readonly { readonly first: string; readonly sharpe: number | null }[];
  /** Over all folds; null = undefined. */
  readonly overall: number | null;
}

/** One bar for each fold's out-of-sample Sharpe ratio, for a page. */
export function foldBarsChart({ folds, overall }: FoldBarsChart, width: number): string {
  const [left, right, top, bottom] = [44, width - 64, 26, 190];
  const all = [0, overall ?? 0, ...folds.map(({ sharpe }) => sharpe ?? 0)];
  const low = all.reduce((a, b) => Math.min(a, b));
  const high = all.reduce((a, b) => Math.max(a, b));
  const ticks = niceTicks(Math.min(low, high === 0 ? -0.5 : low), Math.max(high, 0.5), 4);
  const [from, to] = [ticks[0]!, ticks.at(-1)!];
  const y = (value: number): number => bottom - ((bottom - top) * (value - from)) / (to - from);
  const step = (right - left) / Math.max(1, folds.length);
  const digits = ticks.some((tick) => !Number.isInteger(tick)) ? 1 : 0;
  const thinned = Math.max(1, Math.ceil(48 / step));
  const heading = {
    width,
    height: bottom + 40,
    title: "Residual Sharpe ratio by fold",
    description: `Annual residual Sharpe ratio of ${folds.length} test blocks.`,
  };
  return picture(heading, [
    word(left, top - 12, "Residual Sharpe ratio, annual", "muted"),
    ...ticks.flatMap((tick) => [
      stroke(left, y(tick), right, y(tick), tick === 0 ? "axis" : "grid"),
      word(left - 6, y(tick) + 4, signed(tick, digits), "axis", "end"),
    ]),
    ...folds.flatMap(({ first, sharpe }, i) => {
      const center = left + step * (i + 0.5);
      const below =
        i % thinned === 0
          ? [word(center, bottom + 18, String(i + 1), "axis", "middle"), word(center, bottom + 32, first.slice(0, 7), "muted", "middle")]
          : [];
      if (sharpe === null) return [...(step > 28 ? [word(center, y(0) - 6, "n/a", "muted", "middle")] : []), ...below];
      const barWidth = Math.min(48, step * 0.6);
      const role = sharpe < 0 ? "loss" : "gain";
      const edge = sharpe < 0 ? y(sharpe) + 14 : y(sharpe) - 6;
      return [
        box(center - barWidth / 2, Math.min(y(0), y(sharpe)), barWidth, Math.abs(y(sharpe) - y(0)), role),
        ...(step > 28 ? [word(center, edge, signed(sharpe, 2), role, "middle")] : []),
        ...below,
      ];
    }),
    ...(overall === null
      ? []
      : [
          stroke(left, y(overall), right, y(overall), "mark"),
          word(right + 6, y(overall) - 2, "all folds", "muted"),
          word(right + 6, y(overall) + 12, signed(overall, 2), "strong"),
        ]),
  ]);
}
