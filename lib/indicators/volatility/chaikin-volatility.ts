import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { ema } from "../kernels/recursive.ts";

export const chaikinVolatility = defineIndicator({
  name: "chaikin_volatility",
  version: 1,
  category: "volatility",
  subcategory: "range",
  timeframe: "any",
  inputs: ["high", "low"],
  params: z.strictObject({
    window: z.int().min(1).max(2000).default(10).describe("Span of the average of the range"),
    lag: z.int().min(1).max(2000).default(10).describe("Bars over which the average's change is taken"),
  }),
  doc: "Chaikin volatility: change in percent, over `lag` bars, of the exponential average of the bar's range.",
  notes:
    "The average is seeded with the mean of its first window, where some libraries start from the first range. NaN at a gap and `lag` bars after it; the average goes on. NaN where the earlier average is zero.",
  source: "Achelis, Technical Analysis from A to Z (2000), Volatility, Chaikin's",
  memory: "recursive",
  columns: ({ window, lag }) => [{ name: `chaikin_vol_${window}_${lag}`, unit: "percent", flat: Number.NaN }],
  warmupBars: ({ window, lag }) => window - 1 + lag,
  compute({ length, high, low }, { window, lag }) {
    const range = newColumn(length);
    for (let i = 0; i < length; i++) range[i] = high[i]! - low[i]!;
    const average = ema(range, window);
    const out = newColumn(length).fill(Number.NaN, 0, Math.min(lag, length));
    for (let i = lag; i < length; i++) {
      const before = average[i - lag]!;
      out[i] = before > 0 ? (100 * (average[i]! - before)) / before : Number.NaN;
    }
    return [out];
  },
});
