import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { closeRsi } from "../shared-series.ts";

export const rsi = defineIndicator({
  name: "rsi",
  version: 1,
  category: "momentum",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(1).max(1000).default(14).describe("Wilder's period; alpha = 1 / window") }),
  doc: "Relative strength index: average gain as a percentage of average gain plus average loss.",
  notes:
    "A series without any change reads 50 (TA-Lib reads 0). NaN at a gap and at the bar after it (the change is unknown); the averages then go on.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978), section VI; TA-Lib RSI",
  memory: "recursive",
  columns: ({ window }) => [{ name: `rsi_${window}`, unit: "index", bounds: [0, 100], flat: 50 }],
  warmupBars: ({ window }) => window,
  compute: (inputs, { window }) => [closeRsi(inputs, window)],
});
