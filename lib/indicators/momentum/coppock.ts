import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingLinearMean } from "../kernels/weighted.ts";
import { closeReturn } from "../shared-series.ts";

export const coppock = defineIndicator({
  name: "coppock",
  version: 1,
  category: "momentum",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({
    window: z.int().min(1).max(2000).default(10).describe("Bars of the weighted mean"),
    fast: z.int().min(1).max(2000).default(11).describe("Bars back of the short change"),
    slow: z.int().min(1).max(5000).default(14).describe("Bars back of the long change"),
  }),
  doc: "Coppock curve: linearly weighted mean of the sum of two rates of change of the close, in percent.",
  notes:
    "Made for monthly bars: a turn up from below zero is the signal. NaN while its windows hold a gap or a close that is not positive.",
  source: "Coppock, Barron's (15 October 1962); TA-Lib COPPOCK",
  memory: "finite",
  columns: ({ window, fast, slow }) => [{ name: `coppock_${window}_${fast}_${slow}`, unit: "percent", flat: 0 }],
  warmupBars: ({ window, fast, slow }) => Math.max(fast, slow) + window - 1,
  compute(inputs, { window, fast, slow }) {
    const short = closeReturn(inputs, fast);
    const long = closeReturn(inputs, slow);
    const both = newColumn(inputs.length);
    for (let i = 0; i < both.length; i++) both[i] = 100 * (short[i]! + long[i]!);
    return [rollingLinearMean(both, window)];
  },
});
