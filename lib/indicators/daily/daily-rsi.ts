import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { knownAtOpen, sessionRsi } from "../session-series.ts";

export const dailyRsi = defineIndicator({
  name: "daily_rsi",
  version: 1,
  category: "daily",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["close", "sessionDate", "barStart"],
  params: z.strictObject({ window: z.int().min(1).max(1000).default(14).describe("Wilder's period, in sessions") }),
  doc: "Wilder's RSI of the sessions' closes, as it was known at the session's open.",
  notes:
    "The value of the last completed session, on daily bars too, where it is the RSI of the bar before. A session closes with its last known close; one without any gives NaN to the next, and the averages go on. NaN at an unknown bar.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978), section VI; TA-Lib RSI but for 50 on a flat series",
  memory: "recursive",
  columns: ({ window }) => [{ name: `rsi_${window}_d`, unit: "index", bounds: [0, 100], flat: 50 }],
  warmupBars: ({ window }, barsPerSession = 1) => (window + 1) * barsPerSession,
  compute: (inputs, { window }) => [knownAtOpen(inputs, sessionRsi(inputs, window))],
});
