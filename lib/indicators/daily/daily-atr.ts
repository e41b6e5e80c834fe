import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { wilderInPlace } from "../kernels/recursive.ts";
import { knownAtOpen, rolledUpSessions } from "../session-series.ts";

export const dailyAtr = defineIndicator({
  name: "daily_atr",
  version: 1,
  category: "daily",
  subcategory: "range",
  timeframe: "any",
  inputs: ["high", "low", "close", "sessionDate", "barStart"],
  params: z.strictObject({ window: z.int().min(1).max(1000).default(14).describe("Wilder's period, in sessions") }),
  doc: "Average true range of the sessions, as it was known at the session's open.",
  notes:
    "The value of the last completed session, on daily bars too. The first session has no true range. A session with an unknown high or low, or none known of its closes, gives NaN to the next, and the average goes on. NaN at an unknown bar.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978), section III; TA-Lib ATR",
  memory: "recursive",
  columns: ({ window }) => [{ name: `atr_${window}_d`, unit: "price", flat: 0 }],
  warmupBars: ({ window }, barsPerSession = 1) => (window + 1) * barsPerSession,
  compute(inputs, { window }) {
    const { high, low, close } = rolledUpSessions(inputs);
    const range = high.map((top, s) => (s > 0 ? Math.max(top, close[s - 1]!) - Math.min(low[s]!, close[s - 1]!) : Number.NaN));
    return [knownAtOpen(inputs, wilderInPlace(range, window))];
  },
});
