import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { closeEma } from "../shared-series.ts";

export const emaSlope = defineIndicator({
  name: "ema_slope",
  version: 1,
  category: "trend",
  subcategory: "slope",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({
    window: z.int().min(1).max(5000).default(20).describe("Span of the average"),
    period: z.int().min(1).max(1000).default(5).describe("Bars over which the slope is taken"),
  }),
  doc: "Relative change of the exponential moving average per bar, over `period` bars.",
  notes: "NaN where either end is a gap or the earlier average is not positive.",
  source: "(EMA(t) / EMA(t - period) - 1) / period",
  memory: "recursive",
  columns: ({ window, period }) => [{ name: `ema_slope_${window}_${period}`, unit: "ratio", flat: 0 }],
  warmupBars: ({ window, period }) => window - 1 + period,
  compute(inputs, { window, period }) {
    const average = closeEma(inputs, window);
    const out = new Float64Array(inputs.length).fill(Number.NaN, 0, Math.min(period, inputs.length));
    for (let i = period; i < inputs.length; i++) {
      const before = average[i - period]!;
      out[i] = before > 0 ? (average[i]! - before) / before / period : Number.NaN;
    }
    return [out];
  },
});
