import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { closeEma } from "../shared-series.ts";

export const distToEma = defineIndicator({
  name: "dist_to_ema",
  version: 1,
  category: "trend",
  subcategory: "distance",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({
    window: z.int().min(1).max(5000).default(20).describe("Span of the average"),
    normalize: z.boolean().default(true).describe("Divide by the average"),
  }),
  doc: "Close minus its exponential moving average, as a fraction of the average unless `normalize` is off.",
  notes: "NaN at a gap; the average then goes on from where it was.",
  source: "close(t) / EMA(t) - 1",
  memory: "recursive",
  columns: ({ window, normalize }) => [
    normalize ? { name: `dist_ema${window}_norm`, unit: "ratio", flat: 0 } : { name: `dist_ema${window}`, unit: "price", flat: 0 },
  ],
  warmupBars: ({ window }) => window - 1,
  compute(inputs, { window, normalize }) {
    const { length, close } = inputs;
    const average = closeEma(inputs, window);
    const out = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      const base = average[i]!;
      const distance = close[i]! - base;
      out[i] = normalize ? (base > 0 ? distance / base : Number.NaN) : distance;
    }
    return [out];
  },
});
