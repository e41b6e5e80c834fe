import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { rollingMeanWeightedBy } from "../kernels/weighted.ts";

export const vwma = defineIndicator({
  name: "vwma",
  version: 1,
  category: "trend",
  subcategory: "moving average",
  timeframe: "any",
  inputs: ["close", "volume"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(20).describe("Bars in the mean") }),
  doc: "Volume-weighted moving average of the close.",
  notes: "NaN while the window holds a gap and where nothing was traded in it.",
  source: "sum(close x volume) / sum(volume) over the window; TA-Lib VWMA",
  memory: "finite",
  columns: ({ window }) => [{ name: `vwma_${window}`, unit: "price", flat: "price" }],
  warmupBars: ({ window }) => window - 1,
  compute: ({ close, volume }, { window }) => [rollingMeanWeightedBy(close, volume, window)],
});
