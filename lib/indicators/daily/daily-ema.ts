import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { knownAtOpen, sessionEma } from "../session-series.ts";

export const dailyEma = defineIndicator({
  name: "daily_ema",
  version: 1,
  category: "daily",
  subcategory: "moving average",
  timeframe: "any",
  inputs: ["close", "sessionDate", "barStart"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(20).describe("Span of the average, in sessions") }),
  doc: "Exponential moving average of the sessions' closes, as it was known at the session's open.",
  notes:
    "The value of the last completed session, on daily bars too. Seeded with the mean of the first window. A session without a known close gives NaN to the next, and the average goes on. NaN at an unknown bar.",
  source: "TA-Lib EMA",
  memory: "recursive",
  columns: ({ window }) => [{ name: `ema_${window}_d`, unit: "price", flat: "price" }],
  warmupBars: ({ window }, barsPerSession = 1) => window * barsPerSession,
  compute: (inputs, { window }) => [knownAtOpen(inputs, sessionEma(inputs, window))],
});
