import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { moneyFlowVolume } from "../shared-series.ts";

export const chaikinOsc = defineIndicator({
  name: "chaikin_osc",
  version: 1,
  category: "volume",
  subcategory: "accumulation",
  timeframe: "any",
  inputs: ["high", "low", "close", "volume"],
  params: z
    .strictObject({
      fast: z.int().min(1).max(2000).default(3).describe("Span of the fast average"),
      slow: z.int().min(2).max(5000).default(10).describe("Span of the slow average"),
    })
    .refine(({ fast, slow }) => fast < slow, { path: ["fast"], message: "must be smaller than slow" }),
  doc: "Chaikin oscillator: fast minus slow exponential average of the accumulation/distribution line.",
  notes:
    "TA-Lib's seed: both averages start from the line's first value, not from the mean of a window. Computed from the line's increments, so that its level costs no digits. NaN at a gap; the averages then go on.",
  source: "Chaikin, as in Achelis, Technical Analysis from A to Z (2000); TA-Lib ADOSC",
  memory: "recursive",
  columns: ({ fast, slow }) => [{ name: `chaikin_osc_${fast}_${slow}`, unit: "volume", flat: 0 }],
  warmupBars: ({ slow }) => slow - 1,
  compute: (inputs, { fast, slow }) => [averageGap(moneyFlowVolume(inputs), fast, slow)],
});

/**
 * Fast minus slow exponential average of the running sum of increments. With a(t) = sum(t) - average(t), an average's
 * distance to the sum follows a(t) = (1 - alpha) (a(t - 1) + increment(t)), which needs no sum.
 */
function averageGap(increments: Float64Array, fast: number, slow: number): Float64Array {
  const out = newColumn(increments.length);
  const fastKeep = 1 - 2 / (fast + 1);
  const slowKeep = 1 - 2 / (slow + 1);
  let known = 0;
  let fastGap = 0;
  let slowGap = 0;
  for (let i = 0; i < out.length; i++) {
    const increment = increments[i]!;
    out[i] = Number.NaN;
    if (Number.isNaN(increment)) continue;
    known += 1;
    if (known > 1) {
      fastGap = fastKeep * (fastGap + increment);
      slowGap = slowKeep * (slowGap + increment);
    }
    if (known >= slow) out[i] = slowGap - fastGap;
  }
  return out;
}
