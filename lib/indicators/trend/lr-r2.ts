import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { closeRegression } from "../shared-series.ts";

export const lrR2 = defineIndicator({
  name: "lr_r2",
  version: 1,
  category: "trend",
  subcategory: "regression",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(2).max(5000).default(20).describe("Bars in the regression") }),
  doc: "R squared of the least-squares line through the last closes: how straight the path is.",
  notes: "NaN while the window holds a gap and where all closes of the window are equal.",
  source: "Squared correlation of the closes with 0, 1, 2, ...",
  memory: "finite",
  columns: ({ window }) => [{ name: `lr_r2_${window}`, unit: "index", bounds: [0, 1], flat: Number.NaN }],
  warmupBars: ({ window }) => window - 1,
  compute: (inputs, { window }) => [closeRegression(inputs, window).r2],
});
