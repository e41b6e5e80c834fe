import { px, signed } from "./draw.ts";
import { picture, polyline, stroke, word } from "./themed.ts";

export interface ReliabilityChart {
  readonly bins: readonly { readonly count: number; readonly mean_forecast: number | null; readonly frequency: number | null }[];
}

const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** How often UP came against how likely it was said to be; a point's area is its share of the forecasts. For a page. */
export function reliabilityChart({ bins }: ReliabilityChart, width: number): string {
  const [left, right, top, bottom] = [44, width - 14, 26, 190];
  const points = bins.flatMap(({ count, mean_forecast, frequency }) =>
    count === 0 || mean_forecast === null || frequency === null ? [] : [{ count, mean_forecast, frequency }],
  );
  const heading = {
    width,
    height: bottom + 40,
    title: "Reliability of the probabilities",
    description: points
      .map(({ count, mean_forecast, frequency }) => `Said ${mean_forecast.toFixed(2)}, came ${frequency.toFixed(2)}, ${count} times.`)
      .join(" "),
  };
  const all = points.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return picture(heading, [word(width / 2, (top + bottom) / 2, "n/a: no forecast has a known outcome.", "muted", "middle")]);
  const x = (p: number): number => left + (right - left) * p;
  const y = (p: number): number => bottom - (bottom - top) * p;
  return picture(heading, [
    word(left, top - 12, "Share of UP that came", "muted"),
    word(right, bottom + 34, "Forecast probability of UP", "muted", "end"),
    ...TICKS.flatMap((tick) => [
      stroke(left, y(tick), right, y(tick), tick === 0 ? "axis" : "grid"),
      word(left - 6, y(tick) + 4, signed(tick, 2), "axis", "end"),
      word(x(tick), bottom + 18, signed(tick, 2), "axis", tick === 1 ? "end" : "middle"),
    ]),
    stroke(x(0), y(0), x(1), y(1), "mark"),
    ...(points.length > 1
      ? [
          polyline(
            points.map(({ mean_forecast, frequency }) => `${px(x(mean_forecast))} ${px(y(frequency))}`),
            "strategy",
          ),
        ]
      : []),
    ...points.map(
      ({ count, mean_forecast, frequency }) =>
        `<circle class="f-gain" cx="${px(x(mean_forecast))}" cy="${px(y(frequency))}" r="${px(2 + 10 * Math.sqrt(count / all))}"/>`,
    ),
  ]);
}
