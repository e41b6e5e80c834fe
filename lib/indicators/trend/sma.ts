import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { closeSma } from "../shared-series.ts";

export const sma = defineIndicator({
  name: "sma",
  version: 1,
  category: "trend",
  subcategory: "moving average",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(20).describe("Bars in the mean") }),
  doc: "Simple moving average of the close.",
  notes: "NaN while the window holds a gap.",
  source: "TA-Lib SMA",
  memory: "finite",
  columns: ({ window }) => [{ name: `sma_${window}`, unit: "price", flat: "price" }],
  warmupBars: ({ window }) => window - 1,
  compute: (inputs, { window }) => [closeSma(inputs, window)],
});
