import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { knownAtOpen, lastOfSession } from "../session-series.ts";
import { sessionVwap } from "../session-vwap.ts";

export const dailyVwap = defineIndicator({
  name: "daily_vwap",
  version: 1,
  category: "daily",
  subcategory: "average price",
  timeframe: "any",
  inputs: ["high", "low", "close", "volume", "sessionDate", "barStart"],
  params: z.strictObject({}),
  doc: "Volume-weighted average price of the last completed session, as it was known at the session's open.",
  notes:
    "Over that session's known bars; on daily bars the typical price of the bar before. NaN where nothing was traded in that session, where the data begins in its middle, and at an unknown bar.",
  source: "sum((H + L + C) / 3 x volume) / sum(volume) over the session before",
  memory: "recursive",
  columns: () => [{ name: "vwap_d", unit: "price", flat: "price" }],
  warmupBars: (_, barsPerSession = 1) => barsPerSession,
  compute: (inputs) => [knownAtOpen(inputs, lastOfSession(inputs, sessionVwap(inputs).mean))],
});
