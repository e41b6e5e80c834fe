import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { closeLogReturn } from "../shared-series.ts";

export const logRet = defineIndicator({
  name: "log_ret",
  version: 1,
  category: "momentum",
  subcategory: "return",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(1).describe("Bars back") }),
  doc: "Natural logarithm of the close over the close `window` bars before.",
  notes: "NaN where either close is a gap or not positive.",
  source: "ln(close(t) / close(t - window))",
  memory: "finite",
  columns: ({ window }) => [{ name: `log_ret_${window}`, unit: "ratio", flat: 0 }],
  warmupBars: ({ window }) => window,
  compute: (inputs, { window }) => [closeLogReturn(inputs, window)],
});
