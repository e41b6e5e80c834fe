import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { rollingMean } from "../kernels/rolling.ts";
import { medianPrice } from "../shared-series.ts";

export const awesomeOscillator = defineIndicator({
  name: "awesome_oscillator",
  version: 1,
  category: "momentum",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["high", "low"],
  params: z
    .strictObject({
      fast: z.int().min(1).max(2000).default(5).describe("Bars of the short mean"),
      slow: z.int().min(2).max(5000).default(34).describe("Bars of the long mean"),
    })
    .refine(({ fast, slow }) => fast < slow, { path: ["fast"], message: "must be smaller than slow" }),
  doc: "Awesome oscillator: short minus long simple mean of (high + low) / 2.",
  notes: "NaN while the long window holds a gap.",
  source: "Williams, New Trading Dimensions (1998); TA-Lib AO",
  memory: "finite",
  columns: ({ fast, slow }) => [{ name: `awesome_oscillator_${fast}_${slow}`, unit: "price", flat: 0 }],
  warmupBars: ({ slow }) => slow - 1,
  compute(inputs, { fast, slow }) {
    const middle = medianPrice(inputs);
    const out = rollingMean(middle, fast);
    const long = rollingMean(middle, slow);
    for (let i = 0; i < out.length; i++) out[i] = out[i]! - long[i]!;
    return [out];
  },
});
