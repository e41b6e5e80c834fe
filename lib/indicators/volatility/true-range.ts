import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { trueRange } from "../shared-series.ts";

export const trueRangeIndicator = defineIndicator({
  name: "true_range",
  version: 1,
  category: "volatility",
  subcategory: "range",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z.strictObject({}),
  doc: "The bar's range widened to the previous close.",
  notes: "NaN on the first bar, which has no previous close, at a gap, and at the bar after a missing close.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978), section III; TA-Lib TRANGE",
  memory: "finite",
  columns: () => [{ name: "true_range", unit: "price", flat: 0 }],
  warmupBars: () => 1,
  compute: (inputs) => [trueRange(inputs)],
});
