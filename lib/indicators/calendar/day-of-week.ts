import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";

export const dayOfWeek = defineIndicator({
  name: "day_of_week",
  version: 1,
  category: "calendar",
  subcategory: "week",
  timeframe: "any",
  inputs: ["sessionDate"],
  params: z.strictObject({}),
  doc: "Weekday of the bar's New York session; Monday = 0.",
  notes: "NaN where the session date is unknown.",
  source: "Gregorian calendar",
  memory: "finite",
  columns: () => [{ name: "day_of_week", unit: "weekday", bounds: [0, 6] }],
  warmupBars: () => 0,
  compute({ length, sessionDate }) {
    const out = new Float64Array(length);
    let date = Number.NaN;
    let day = Number.NaN;
    for (let i = 0; i < length; i++) {
      const session = sessionDate[i]!;
      if (session !== date) {
        date = session;
        day = weekdayOf(session);
      }
      out[i] = day;
    }
    return [out];
  },
});

/** @param date - as a number, 20240701; day 0 of the epoch was a Thursday */
function weekdayOf(date: number): number {
  const days = Date.UTC(Math.floor(date / 10_000), (Math.floor(date / 100) % 100) - 1, date % 100) / 86_400_000;
  return (((days + 3) % 7) + 7) % 7;
}
