import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { bySession } from "./by-session.ts";

export const month = defineIndicator({
  name: "month",
  version: 1,
  category: "calendar",
  subcategory: "month",
  timeframe: "any",
  inputs: ["sessionDate"],
  params: z.strictObject({}),
  doc: "Month of the bar's New York session; January = 1.",
  notes: "NaN where the session date is unknown or before 1990.",
  source: "Gregorian calendar",
  memory: "finite",
  columns: () => [{ name: "month", unit: "month", bounds: [1, 12] }],
  warmupBars: () => 0,
  compute: (inputs) => bySession(inputs, 1, (date) => [Math.floor(date / 100) % 100]),
});
