import * as z from "zod";
import { nextScheduledSession } from "../../core/exchange-schedule.ts";
import { nextMonthlyOpex } from "../../core/opex.ts";
import type { DateNumber } from "../../core/time.ts";
import { defineIndicator } from "../define-indicator.ts";
import { bySession } from "./by-session.ts";

export const daysToOpex = defineIndicator({
  name: "days_to_opex",
  version: 1,
  category: "calendar",
  subcategory: "events",
  timeframe: "any",
  inputs: ["sessionDate"],
  params: z.strictObject({}),
  doc: "Sessions from the bar's session to the next monthly option expiration; 0 on that day.",
  notes:
    "Looks ahead in the calendar, and only there: counts the sessions that the exchange's rules let everybody expect. Expiration is the third Friday or, on a holiday, the session before (2026-06-18). NaN where the session date is unknown or before 1990.",
  source: "NYSE Rule 7.2; Cboe, options expiration calendars",
  memory: "finite",
  columns: () => [{ name: "days_to_opex", unit: "sessions", bounds: [0, 25] }],
  warmupBars: () => 0,
  compute: (inputs) => bySession(inputs, 1, (date) => [scheduledSessionsUntil(date, nextMonthlyOpex(date))]),
});

/** Sessions after `date`, up to `end` and that one included. */
function scheduledSessionsUntil(date: DateNumber, end: DateNumber): number {
  let sessions = 0;
  for (let day = date; day < end; day = nextScheduledSession(day)) sessions += 1;
  return sessions;
}
