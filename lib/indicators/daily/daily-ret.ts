import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { knownAtOpen, rolledUpSessions } from "../session-series.ts";

export const dailyRet = defineIndicator({
  name: "daily_ret",
  version: 1,
  category: "daily",
  subcategory: "momentum",
  timeframe: "any",
  inputs: ["close", "sessionDate", "barStart"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(1).describe("Sessions over which the return is taken") }),
  doc: "Return of the sessions' closes, as it was known at the session's open.",
  notes:
    "The value of the last completed session, on daily bars too: close to close, so the current session's gap is not in it. NaN where one of the two sessions has no known close, and at an unknown bar.",
  source: "close(session - 1) / close(session - 1 - window) - 1",
  memory: "finite",
  columns: ({ window }) => [{ name: `ret_${window}_d`, unit: "ratio", flat: 0 }],
  warmupBars: ({ window }, barsPerSession = 1) => (window + 1) * barsPerSession,
  compute(inputs, { window }) {
    const { close } = rolledUpSessions(inputs);
    const returns = close.map((now, s) => {
      const before = s >= window ? close[s - window]! : Number.NaN;
      return before > 0 ? (now - before) / before : Number.NaN;
    });
    return [knownAtOpen(inputs, returns)];
  },
});
