import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { closeEma } from "../shared-series.ts";

export const ema = defineIndicator({
  name: "ema",
  version: 1,
  category: "trend",
  subcategory: "moving average",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(20).describe("Span; alpha = 2 / (window + 1)") }),
  doc: "Exponential moving average of the close, seeded with the simple mean of the first window.",
  notes: "NaN at a gap; the average then goes on from where it was.",
  source: "TA-Lib EMA",
  memory: "recursive",
  columns: ({ window }) => [{ name: `ema_${window}`, unit: "price", flat: "price" }],
  warmupBars: ({ window }) => window - 1,
  compute: (inputs, { window }) => [closeEma(inputs, window)],
});
