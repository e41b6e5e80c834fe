import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { closeReturn } from "../shared-series.ts";

export const ret = defineIndicator({
  name: "ret",
  version: 1,
  category: "momentum",
  subcategory: "return",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(1).describe("Bars back") }),
  doc: "Relative change of the close over `window` bars, a fraction.",
  notes: "NaN where either close is a gap or the earlier one is not positive.",
  source: "close(t) / close(t - window) - 1",
  memory: "finite",
  columns: ({ window }) => [{ name: `ret_${window}`, unit: "ratio", flat: 0 }],
  warmupBars: ({ window }) => window,
  compute: (inputs, { window }) => [closeReturn(inputs, window)],
});
