import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { overSession } from "../session-series.ts";
import { sessionGaps } from "./session-gap.ts";

export const overnightGap = defineIndicator({
  name: "overnight_gap",
  version: 1,
  category: "intraday",
  subcategory: "gap",
  timeframe: "any",
  inputs: ["open", "close", "sessionDate", "barStart"],
  params: z.strictObject({}),
  doc: "Overnight return: the session's open over the close of the session before, minus 1; the same at all bars of the session.",
  notes:
    "The session before is the last one in the data. NaN at an unknown bar, and all session long where its first open, or all closes of the session before, are unknown.",
  source: "open(session) / close(session - 1) - 1",
  memory: "finite",
  columns: () => [{ name: "overnight_gap", unit: "ratio", flat: 0 }],
  warmupBars: (_, barsPerSession = 1) => barsPerSession,
  compute: (inputs) => [overSession(inputs, sessionGaps(inputs))],
});
