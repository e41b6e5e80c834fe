import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { sessionVwap } from "../session-vwap.ts";

export const vwap = defineIndicator({
  name: "vwap",
  version: 1,
  category: "volume",
  subcategory: "average price",
  timeframe: "any",
  inputs: ["high", "low", "close", "volume", "sessionDate", "barStart"],
  params: z.strictObject({}),
  doc: "Volume-weighted average of the typical price since the session's open.",
  notes:
    "Starts anew with every session; on daily bars it is the bar's own typical price. NaN at an unknown bar, which is left out, before anything was traded, and in a first session whose beginning is missing; then it goes on.",
  source: "sum((H + L + C) / 3 x volume) / sum(volume) over the session so far; Berkowitz, Logue & Noser (1988)",
  memory: "recursive",
  columns: () => [{ name: "vwap", unit: "price", flat: "price" }],
  warmupBars: () => 0,
  compute: (inputs) => [sessionVwap(inputs).mean],
});
