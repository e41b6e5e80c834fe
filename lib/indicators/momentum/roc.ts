import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { closeReturn } from "../shared-series.ts";

export const roc = defineIndicator({
  name: "roc",
  version: 1,
  category: "momentum",
  subcategory: "return",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(10).describe("Bars back") }),
  doc: "Rate of change of the close over `window` bars, in percent.",
  notes: "NaN where either close is a gap or the earlier one is not positive (TA-Lib reads 0 after a price of 0).",
  source: "TA-Lib ROC",
  memory: "finite",
  columns: ({ window }) => [{ name: `roc_${window}`, unit: "percent", flat: 0 }],
  warmupBars: ({ window }) => window,
  compute: (inputs, { window }) => [closeReturn(inputs, window).map((change) => 100 * change)],
});
