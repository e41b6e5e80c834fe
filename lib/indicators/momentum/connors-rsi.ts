import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { relativeStrengthIndex } from "../kernels/recursive.ts";
import { closeReturn, closeRsi } from "../shared-series.ts";

export const connorsRsi = defineIndicator({
  name: "connors_rsi",
  version: 1,
  category: "momentum",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({
    window: z.int().min(1).max(1000).default(3).describe("Wilder's period of the RSI of the close"),
    streak: z.int().min(1).max(1000).default(2).describe("Wilder's period of the RSI of the streak's length"),
    rank: z.int().min(1).max(500).default(100).describe("Earlier one-bar returns among which the current one is ranked"),
  }),
  doc: "Connors RSI: mean of the RSI of the close, the RSI of the length of the current run of rises or falls, and the percent rank of the return.",
  notes:
    "The rank is the share of earlier returns that are lower, in percent; it costs `rank` steps a bar, which is why its size is bounded. A flat series reads 50, 50 and 0. NaN at a gap, at the bar after it and while the ranked returns hold it; the averages then go on.",
  source: "Connors Research, An Introduction to ConnorsRSI (2012)",
  memory: "recursive",
  columns: ({ window, streak, rank }) => [
    { name: `connors_rsi_${window}_${streak}_${rank}`, unit: "index", bounds: [0, 100], flat: 100 / 3 },
  ],
  warmupBars: ({ window, streak, rank }) => Math.max(window, streak, rank + 1),
  compute(inputs, { window, streak, rank }) {
    const ofClose = closeRsi(inputs, window);
    const ofStreak = relativeStrengthIndex(runLengths(inputs.close), streak);
    const out = percentRank(closeReturn(inputs, 1), rank);
    for (let i = 0; i < out.length; i++) out[i] = (ofClose[i]! + ofStreak[i]! + out[i]!) / 3;
    return [out];
  },
});

/** Bars for which the close has risen (positive) or fallen (negative) without a break; 0 where it did not change or began. */
function runLengths(close: Float64Array): Float64Array {
  const out = newColumn(close.length);
  let before = Number.NaN;
  let run = 0;
  for (let i = 0; i < out.length; i++) {
    const change = close[i]! - before;
    if (change > 0) run = run > 0 ? run + 1 : 1;
    else if (change < 0) run = run < 0 ? run - 1 : -1;
    else run = 0;
    out[i] = Number.isNaN(close[i]!) ? Number.NaN : run;
    before = close[i]!;
  }
  return out;
}

/** Share of the `count` values before that are lower than the current one, in percent; NaN where one of them is unknown. */
function percentRank(x: Float64Array, count: number): Float64Array {
  const out = newColumn(x.length).fill(Number.NaN);
  let known = 0;
  for (let i = 0; i < out.length; i++) {
    const value = x[i]!;
    if (Number.isNaN(value)) {
      known = 0;
      continue;
    }
    if (known >= count) {
      let lower = 0;
      for (let k = i - count; k < i; k++) if (x[k]! < value) lower += 1;
      out[i] = (100 * lower) / count;
    }
    known += 1;
  }
  return out;
}
