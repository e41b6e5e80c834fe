import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import type { IndicatorInputs } from "../inputs.ts";
import { newColumn } from "../kernels/columns.ts";
import { averageTrueRange, medianPrice } from "../shared-series.ts";

export const supertrend = defineIndicator({
  name: "supertrend",
  version: 1,
  category: "trend",
  subcategory: "stop",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z.strictObject({
    period: z.int().min(1).max(1000).default(10).describe("Wilder's period of the average true range"),
    multiplier: z.number().min(0.01).max(20).default(3).describe("Distance of the bands from (high + low) / 2, in average true ranges"),
  }),
  doc: "Supertrend: a band of average true ranges that trails the price and changes side when the close crosses it, and its side (1 = below the price, -1 = above).",
  notes:
    "Starts below the price, as TA-Lib does. A close on the band does not cross it. NaN where the bar or its average true range is unknown; it then goes on, compared with the last known close.",
  source: "Seban, Tout le monde mérite d'être riche (2005); TA-Lib SUPERTREND",
  memory: "recursive",
  columns({ period, multiplier }) {
    const suffix = `${period}_${String(multiplier).replace(".", "p")}`;
    return [
      { name: `supertrend_${suffix}`, unit: "price", flat: "price" },
      { name: `supertrend_dir_${suffix}`, unit: "index", bounds: [-1, 1], flat: 1 },
    ];
  },
  warmupBars: ({ period }) => period,
  compute: (inputs, { period, multiplier }) => trailingBand(inputs, period, multiplier),
});

function trailingBand(inputs: IndicatorInputs, period: number, multiplier: number): Float64Array[] {
  const { length, close } = inputs;
  const middle = medianPrice(inputs);
  const range = averageTrueRange(inputs, period);
  const band = newColumn(length).fill(Number.NaN);
  const side = newColumn(length).fill(Number.NaN);
  let upper = Number.POSITIVE_INFINITY;
  let lower = Number.NEGATIVE_INFINITY;
  let direction = 1;
  let closeBefore = Number.NaN;
  for (let i = 0; i < length; i++) {
    const price = close[i]!;
    if (Number.isNaN(price)) continue;
    const half = multiplier * range[i]!;
    if (!Number.isNaN(half)) {
      const upperNow = middle[i]! + half;
      const lowerNow = middle[i]! - half;
      if (upperNow < upper || closeBefore > upper) upper = upperNow;
      if (lowerNow > lower || closeBefore < lower) lower = lowerNow;
      if (direction > 0 ? price < lower : price > upper) direction = -direction;
      band[i] = direction > 0 ? lower : upper;
      side[i] = direction;
    }
    closeBefore = price;
  }
  return [band, side];
}
