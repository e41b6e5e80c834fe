import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { closeWma } from "../shared-series.ts";

export const wma = defineIndicator({
  name: "wma",
  version: 1,
  category: "trend",
  subcategory: "moving average",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(20).describe("Bars in the mean") }),
  doc: "Weighted moving average of the close: the newest of the last closes weighs `window`, the oldest 1.",
  notes: "NaN while the window holds a gap.",
  source: "TA-Lib WMA",
  memory: "finite",
  columns: ({ window }) => [{ name: `wma_${window}`, unit: "price", flat: "price" }],
  warmupBars: ({ window }) => window - 1,
  compute: (inputs, { window }) => [closeWma(inputs, window)],
});
