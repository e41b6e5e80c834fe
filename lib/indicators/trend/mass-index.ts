import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { ema } from "../kernels/recursive.ts";
import { rollingMean } from "../kernels/rolling.ts";

export const massIndex = defineIndicator({
  name: "mass_index",
  version: 1,
  category: "trend",
  subcategory: "reversal",
  timeframe: "any",
  inputs: ["high", "low"],
  params: z.strictObject({
    fast: z.int().min(1).max(1000).default(9).describe("Span of the averages of the range"),
    slow: z.int().min(1).max(5000).default(25).describe("Bars of the sum"),
  }),
  doc: "Mass index: sum of the bar range's exponential average over the average of that average; a bulge above 27 foretells a reversal.",
  notes:
    "NaN where the ranges so far are all zero (TA-Lib counts 1 for each such bar) and while the sum holds a gap; the averages then go on.",
  source: "Dorsey, Technical Analysis of Stocks & Commodities (June 1992); TA-Lib MASSI",
  memory: "recursive",
  columns: ({ fast, slow }) => [{ name: `mass_index_${fast}_${slow}`, unit: "index", flat: Number.NaN }],
  warmupBars: ({ fast, slow }) => 2 * (fast - 1) + slow - 1,
  compute({ length, high, low }, { fast, slow }) {
    const range = newColumn(length);
    for (let i = 0; i < length; i++) range[i] = high[i]! - low[i]!;
    const once = ema(range, fast);
    const twice = ema(once, fast);
    for (let i = 0; i < length; i++) range[i] = twice[i]! > 0 ? once[i]! / twice[i]! : Number.NaN;
    const out = rollingMean(range, slow);
    for (let i = 0; i < length; i++) out[i] = out[i]! * slow;
    return [out];
  },
});
