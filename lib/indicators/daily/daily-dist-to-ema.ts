import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { knownAtOpen, rolledUpSessions, sessionEma } from "../session-series.ts";

export const dailyDistToEma = defineIndicator({
  name: "daily_dist_to_ema",
  version: 1,
  category: "daily",
  subcategory: "distance",
  timeframe: "any",
  inputs: ["close", "sessionDate", "barStart"],
  params: z.strictObject({
    window: z.int().min(1).max(5000).default(20).describe("Span of the average, in sessions"),
    normalize: z.boolean().default(true).describe("Divide by the average"),
  }),
  doc: "Last session's close minus the exponential average of the sessions' closes, as a fraction of it unless `normalize` is off; known at the open.",
  notes:
    "Both are those of the last completed session, on daily bars too; the current price is not in it. A session without a known close gives NaN to the next, and the average goes on. NaN at an unknown bar.",
  source: "close(session - 1) / EMA(session - 1) - 1",
  memory: "recursive",
  columns: ({ window, normalize }) => [
    normalize ? { name: `dist_ema${window}_norm_d`, unit: "ratio", flat: 0 } : { name: `dist_ema${window}_d`, unit: "price", flat: 0 },
  ],
  warmupBars: ({ window }, barsPerSession = 1) => window * barsPerSession,
  compute(inputs, { window, normalize }) {
    const average = sessionEma(inputs, window);
    const distances = rolledUpSessions(inputs).close.map((close, s) => {
      const distance = close - average[s]!;
      return normalize ? distance / average[s]! : distance;
    });
    return [knownAtOpen(inputs, distances)];
  },
});
