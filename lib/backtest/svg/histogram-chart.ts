import { niceTicks, signed } from "./draw.ts";
import { box, picture, stroke, word } from "./themed.ts";

export interface HistogramChart {
  /** Net returns of trades, fractions; a null bound is open. */
  readonly bins: readonly { readonly lower: number | null; readonly upper: number | null; readonly count: number }[];
  readonly mean: number | null;
}

/** How the net returns of single trades are spread, gains and losses apart, for a page. */
export function histogramChart({ bins, mean }: HistogramChart, width: number): string {
  const [left, right, top, bottom] = [44, width - 14, 26, 190];
  const heading = {
    width,
    height: bottom + 40,
    title: "Distribution of trade returns",
    description: `Net returns of ${bins.reduce((sum, { count }) => sum + count, 0)} trades in ${bins.length} bins.`,
  };
  const inner = bins.filter(({ lower, upper }) => lower !== null && upper !== null);
  if (inner.length === 0) return picture(heading, [word(width / 2, (top + bottom) / 2, "n/a: no trades.", "muted", "middle")]);
  const [first, last] = [inner[0]!.lower!, inner.at(-1)!.upper!];
  const size = (last - first) / inner.length;
  const places = bins.map(({ lower, upper }) => (lower === null ? first - size : upper === null ? last : lower));
  const [from, to] = [places[0]!, places.at(-1)! + size];
  const most = bins.reduce((best, { count }) => Math.max(best, count), 1);
  const ticks = niceTicks(0, most, 4).filter((tick) => Number.isInteger(tick));
  const x = (value: number): number => left + ((right - left) * (value - from)) / (to - from);
  const y = (count: number): number => bottom - ((bottom - top) * count) / ticks.at(-1)!;
  const marks = niceTicks(from, to, width < 420 ? 4 : 6).filter((tick) => tick >= from && tick <= to);
  const digits = marks.some((tick) => Math.abs(100 * tick - Math.round(100 * tick)) > 1e-9) ? 1 : 0;
  return picture(heading, [
    word(left, top - 12, "Trades", "muted"),
    word(right, bottom + 34, "Net return of a trade, %", "muted", "end"),
    ...ticks.flatMap((tick) => [
      stroke(left, y(tick), right, y(tick), tick === 0 ? "axis" : "grid"),
      word(left - 6, y(tick) + 4, String(tick), "axis", "end"),
    ]),
    ...marks.map((tick) => word(x(tick), bottom + 18, signed(100 * tick, digits), "axis", "middle")),
    ...bins.flatMap(({ count }, i) => {
      if (count === 0) return [];
      const [start, end] = [x(places[i]!), x(places[i]! + size)];
      return [box(start + 0.5, y(count), end - start - 1, bottom - y(count), places[i]! + size / 2 < 0 ? "loss" : "gain")];
    }),
    stroke(x(0), top, x(0), bottom, "axis"),
    ...(mean === null || mean < from || mean > to
      ? []
      : [stroke(x(mean), top, x(mean), bottom, "mark"), word(x(mean) + 5, top + 8, `mean ${signed(100 * mean, 2)}`, "strong")]),
  ]);
}
