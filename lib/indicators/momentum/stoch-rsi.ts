import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { rollingMax, rollingMin } from "../kernels/rolling.ts";
import { stochasticLines } from "../kernels/stochastic.ts";
import { closeRsi } from "../shared-series.ts";

export const stochRsi = defineIndicator({
  name: "stoch_rsi",
  version: 1,
  category: "momentum",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({
    window: z.int().min(2).max(1000).default(14).describe("Wilder's period of the RSI"),
    k: z.int().min(2).max(1000).default(14).describe("Bars of the RSI's range"),
    d: z.int().min(1).max(200).default(3).describe("Bars of the mean that makes %D"),
    smooth: z.int().min(1).max(200).default(1).describe("Bars of the mean that makes %K; 1 = none, as in TA-Lib"),
  }),
  doc: "Stochastic RSI: where the relative strength index lies in the range of its last k values, in percent (%K), and its mean (%D).",
  notes:
    "TA-Lib's default range is 5 bars, ours the usual 14. Both columns begin with the first %D, as in TA-Lib. NaN while a window holds a gap and where the RSI moved by no more than rounding (1e-9): its place would be noise.",
  source: "Chande and Kroll, The New Technical Trader (1994); TA-Lib STOCHRSI",
  memory: "recursive",
  columns({ window, k, d, smooth }) {
    const suffix = `${window}_${k}_${d}_${smooth}`;
    return [
      { name: `stoch_rsi_k_${suffix}`, unit: "index", bounds: [0, 100], flat: Number.NaN },
      { name: `stoch_rsi_d_${suffix}`, unit: "index", bounds: [0, 100], flat: Number.NaN },
    ];
  },
  warmupBars: ({ window, k, d, smooth }) => window + k + smooth + d - 3,
  compute(inputs, { window, k, d, smooth }) {
    const rsi = closeRsi(inputs, window);
    return stochasticLines(rsi, rollingMax(rsi, k), rollingMin(rsi, k), { smooth, d, leadBars: window + k - 1, noise: 1e-9 });
  },
});
