import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { highest, lowest } from "../shared-series.ts";

export const williamsR = defineIndicator({
  name: "williams_r",
  version: 1,
  category: "momentum",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z.strictObject({ window: z.int().min(1).max(1000).default(14).describe("Bars of the range") }),
  doc: "Williams %R: how far the close lies below the highest high, as a percentage of the range; -100 to 0.",
  notes: "NaN while the window holds a gap and where the range is zero (TA-Lib reads 0 there).",
  source: "TA-Lib WILLR",
  memory: "finite",
  columns: ({ window }) => [{ name: `williams_r_${window}`, unit: "index", bounds: [-100, 0], flat: Number.NaN }],
  warmupBars: ({ window }) => window - 1,
  compute(inputs, { window }) {
    const { length, close } = inputs;
    const top = highest(inputs, window);
    const bottom = lowest(inputs, window);
    const out = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      const share = (top[i]! - close[i]!) / (top[i]! - bottom[i]!);
      out[i] = Math.max(-100, Math.min(0, -100 * share));
    }
    return [out];
  },
});
