import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { closeReturn } from "../shared-series.ts";

export const momentum = defineIndicator({
  name: "momentum",
  version: 1,
  category: "momentum",
  subcategory: "return",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(3).describe("Bars back") }),
  doc: "Relative change of the close over `window` bars: the momentum feature of the hourly models.",
  notes:
    "The same number as `ret`, under the name that models use; a fraction, not the price difference that TA-Lib calls MOM. NaN where either close is a gap or the earlier one is not positive.",
  source: "close(t) / close(t - window) - 1",
  memory: "finite",
  columns: ({ window }) => [{ name: `close_mom_${window}`, unit: "ratio", flat: 0 }],
  warmupBars: ({ window }) => window,
  compute: (inputs, { window }) => [closeReturn(inputs, window)],
});
