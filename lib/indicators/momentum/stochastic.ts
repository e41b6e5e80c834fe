import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { stochasticLines } from "../kernels/stochastic.ts";
import { highest, lowest } from "../shared-series.ts";

export const stochastic = defineIndicator({
  name: "stochastic",
  version: 2,
  category: "momentum",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z.strictObject({
    k: z.int().min(1).max(1000).default(14).describe("Bars of the range"),
    d: z.int().min(1).max(200).default(3).describe("Bars of the mean that makes %D"),
    smooth: z.int().min(1).max(200).default(3).describe("Bars of the mean that makes the slow %K; 1 = fast stochastic"),
  }),
  paramAliases: { window: "k", period: "k", length: "k" },
  doc: "Stochastic oscillator: where the close lies in the range of the last k bars, smoothed (%K), and its mean (%D).",
  notes:
    "Both columns begin with the first %D, as in TA-Lib. NaN while a window holds a gap and where the range is zero (TA-Lib reads 0 there).",
  source: "TA-Lib STOCH with simple means",
  memory: "finite",
  columns({ k, d, smooth }) {
    const suffix = `${k}_${d}_${smooth}`;
    return [
      { name: `stoch_k_${suffix}`, unit: "index", bounds: [0, 100], flat: Number.NaN },
      { name: `stoch_d_${suffix}`, unit: "index", bounds: [0, 100], flat: Number.NaN },
    ];
  },
  warmupBars: ({ k, d, smooth }) => k + smooth + d - 3,
  compute: (inputs, { k, d, smooth }) =>
    stochasticLines(inputs.close, highest(inputs, k), lowest(inputs, k), { smooth, d, leadBars: k - 1 }),
});
