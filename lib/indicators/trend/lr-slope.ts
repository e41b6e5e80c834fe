import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { closeRegression } from "../shared-series.ts";

export const lrSlope = defineIndicator({
  name: "lr_slope",
  version: 1,
  category: "trend",
  subcategory: "regression",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(2).max(5000).default(20).describe("Bars in the regression") }),
  doc: "Slope of the least-squares line through the last closes, in price per bar.",
  notes: "NaN while the window holds a gap.",
  source: "TA-Lib LINEARREG_SLOPE",
  memory: "finite",
  columns: ({ window }) => [{ name: `lr_slope_${window}`, unit: "price", flat: 0 }],
  warmupBars: ({ window }) => window - 1,
  compute: (inputs, { window }) => [closeRegression(inputs, window).slope],
});
