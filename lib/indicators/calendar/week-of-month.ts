import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { bySession } from "./by-session.ts";

export const weekOfMonth = defineIndicator({
  name: "week_of_month",
  version: 1,
  category: "calendar",
  subcategory: "month",
  timeframe: "any",
  inputs: ["sessionDate"],
  params: z.strictObject({}),
  doc: "Week of the month of the bar's New York session: 1 = days 1 to 7, 2 = days 8 to 14, up to 5.",
  notes:
    "Counts sevens of days, not rows of a calendar, so that the third Friday is always in week 3. NaN where the session date is unknown or before 1990.",
  source: "ceil(day of month / 7)",
  memory: "finite",
  columns: () => [{ name: "week_of_month", unit: "index", bounds: [1, 5] }],
  warmupBars: () => 0,
  compute: (inputs) => bySession(inputs, 1, (date) => [Math.ceil((date % 100) / 7)]),
});
