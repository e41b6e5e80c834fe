import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { averageTrueRange } from "../shared-series.ts";

export const natr = defineIndicator({
  name: "natr",
  version: 1,
  category: "volatility",
  subcategory: "range",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z.strictObject({ window: z.int().min(1).max(1000).default(14).describe("Wilder's period; alpha = 1 / window") }),
  doc: "Average true range as a percentage of the close.",
  notes: "NaN at a gap and, when the close is missing, at the bar after it; the average then goes on.",
  source: "TA-Lib NATR",
  memory: "recursive",
  columns: ({ window }) => [{ name: `natr_${window}`, unit: "percent", flat: 0 }],
  warmupBars: ({ window }) => window,
  compute(inputs, { window }) {
    const average = averageTrueRange(inputs, window);
    const out = new Float64Array(inputs.length);
    for (let i = 0; i < out.length; i++) {
      const close = inputs.close[i]!;
      out[i] = close > 0 ? (100 * average[i]!) / close : Number.NaN;
    }
    return [out];
  },
});
