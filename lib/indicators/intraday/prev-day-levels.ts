import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { knownAtOpen, rolledUpSessions } from "../session-series.ts";

export const prevDayLevels = defineIndicator({
  name: "prev_day_levels",
  version: 1,
  category: "intraday",
  subcategory: "distance",
  timeframe: "any",
  inputs: ["high", "low", "close", "sessionDate", "barStart"],
  params: z.strictObject({}),
  doc: "Distance of the close to the high, the low and the close of the session before, each as a fraction of that level.",
  notes:
    "The session before is the last one in the data. High and low are unknown where any bar of that session is, or where the data begins in its middle; the close is the last known one. NaN at an unknown bar.",
  source: "close(t) / level(session - 1) - 1",
  memory: "recursive",
  columns: () => [
    { name: "dist_prev_high", unit: "ratio", flat: 0 },
    { name: "dist_prev_low", unit: "ratio", flat: 0 },
    { name: "dist_prev_close", unit: "ratio", flat: 0 },
  ],
  warmupBars: (_, barsPerSession = 1) => barsPerSession,
  compute(inputs) {
    const sessions = rolledUpSessions(inputs);
    return [sessions.high, sessions.low, sessions.close].map((bySession) => {
      const level = knownAtOpen(inputs, bySession);
      const out = newColumn(inputs.length);
      for (let i = 0; i < out.length; i++) out[i] = level[i]! > 0 ? (inputs.close[i]! - level[i]!) / level[i]! : Number.NaN;
      return out;
    });
  },
});
