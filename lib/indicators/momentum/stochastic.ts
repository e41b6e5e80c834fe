import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { rollingMean } from "../kernels/rolling.ts";
import { highest, lowest } from "../shared-series.ts";

export const stochastic = defineIndicator({
  name: "stochastic",
  version: 1,
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
  notes: "NaN while a window holds a gap and where the range is zero.",
  source: "TA-Lib STOCH with simple means",
  memory: "finite",
  columns({ k, d, smooth }) {
    const suffix = `${k}_${d}_${smooth}`;
    return [
      { name: `stoch_k_${suffix}`, unit: "index", warmupBars: k + smooth - 2, bounds: [0, 100], flat: Number.NaN },
      { name: `stoch_d_${suffix}`, unit: "index", bounds: [0, 100], flat: Number.NaN },
    ];
  },
  warmupBars: ({ k, d, smooth }) => k + smooth + d - 3,
  compute(inputs, { k, d, smooth }) {
    const { length, close } = inputs;
    const top = highest(inputs, k);
    const bottom = lowest(inputs, k);
    const position = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      const share = (close[i]! - bottom[i]!) / (top[i]! - bottom[i]!);
      position[i] = Math.max(0, Math.min(100, 100 * share));
    }
    const slow = rollingMean(position, smooth);
    return [clamped(slow), clamped(rollingMean(slow, d))];
  },
});

/** A mean of values within bounds can leave them by a rounding. */
function clamped(x: Float64Array): Float64Array {
  for (let i = 0; i < x.length; i++) x[i] = Math.max(0, Math.min(100, x[i]!));
  return x;
}
