import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { averageTrueRange } from "../shared-series.ts";

export const atr = defineIndicator({
  name: "atr",
  version: 1,
  category: "volatility",
  subcategory: "range",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z.strictObject({ window: z.int().min(1).max(1000).default(14).describe("Wilder's period; alpha = 1 / window") }),
  doc: "Average true range: Wilder's average of the true range.",
  notes:
    "The first bar has no true range, so the seed is the mean over bars 1 to window. NaN at a gap and, when the close is missing, at the bar after it; then it goes on.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978), section III; TA-Lib ATR",
  memory: "recursive",
  columns: ({ window }) => [{ name: `atr_${window}`, unit: "price", flat: 0 }],
  warmupBars: ({ window }) => window,
  compute: (inputs, { window }) => [averageTrueRange(inputs, window)],
});
