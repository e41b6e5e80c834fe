import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";
import { trueRange } from "../shared-series.ts";

export const ultimateOscillator = defineIndicator({
  name: "ultimate_oscillator",
  version: 1,
  category: "momentum",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z
    .strictObject({
      fast: z.int().min(1).max(1000).default(7).describe("Bars of the shortest window, which weighs 4"),
      medium: z.int().min(2).max(2000).default(14).describe("Bars of the middle window, which weighs 2"),
      slow: z.int().min(3).max(5000).default(28).describe("Bars of the longest window, which weighs 1"),
    })
    .refine(({ fast, medium }) => fast < medium, { path: ["fast"], message: "must be smaller than medium" })
    .refine(({ medium, slow }) => medium < slow, { path: ["medium"], message: "must be smaller than slow" }),
  doc: "Ultimate oscillator: buying pressure (close minus true low) over true range, of three windows weighed 4, 2 and 1; 0 to 100.",
  notes: "NaN while the longest window holds a gap and where the shortest has no range (TA-Lib counts 0 for it).",
  source: "Williams, Technical Analysis of Stocks & Commodities (April 1985); TA-Lib ULTOSC",
  memory: "finite",
  columns: ({ fast, medium, slow }) => [
    { name: `ultimate_oscillator_${fast}_${medium}_${slow}`, unit: "index", bounds: [0, 100], flat: Number.NaN },
  ],
  warmupBars: ({ slow }) => slow,
  compute(inputs, { fast, medium, slow }) {
    const { length, low, close } = inputs;
    const range = trueRange(inputs);
    const pressure = newColumn(length);
    let before = Number.NaN;
    for (let i = 0; i < length; i++) {
      pressure[i] = close[i]! - Math.min(low[i]!, before);
      before = close[i]!;
    }
    const out = newColumn(length).fill(0);
    for (const [bars, weight] of [
      [fast, 4],
      [medium, 2],
      [slow, 1],
    ] as const) {
      const bought = rollingMean(pressure, bars);
      const whole = rollingMean(range, bars);
      for (let i = 0; i < length; i++) out[i] = whole[i]! > 0 ? out[i]! + (weight * bought[i]!) / whole[i]! : Number.NaN;
    }
    for (let i = 0; i < length; i++) out[i] = Math.max(0, Math.min(100, (100 * out[i]!) / 7));
    return [out];
  },
});
