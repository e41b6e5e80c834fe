import * as z from "zod";
import { isHoliday, nextScheduledSession, previousScheduledSession } from "../../core/exchange-schedule.ts";
import { monthlyOpexOf } from "../../core/opex.ts";
import { type DateNumber, dateOfDayNumber, dayNumberOf, dayOfWeekOf } from "../../core/time.ts";
import { defineIndicator } from "../define-indicator.ts";
import { bySession } from "./by-session.ts";

/** Each with the question it answers about a session. */
const FLAGS: Readonly<Record<string, (date: DateNumber) => boolean>> = {
  month_end: isMonthEnd,
  quarter_end: (date) => isMonthEnd(date) && monthOf(date) % 3 === 0,
  opex_week: isOpexWeek,
  opex_day: (date) => date === opexOf(date),
  triple_witching: (date) => date === opexOf(date) && monthOf(date) % 3 === 0,
  holiday_eve: isHolidayEve,
  turn_of_month: (date) => isMonthEnd(date) || monthOf(sessionsBefore(date, 3)) !== monthOf(date),
};

const NAMES = Object.keys(FLAGS);

export const calendarFlags = defineIndicator({
  name: "calendar_flags",
  version: 1,
  category: "calendar",
  subcategory: "events",
  timeframe: "any",
  inputs: ["sessionDate"],
  params: z.strictObject({}),
  doc: "Days that the exchange's calendar knows in advance, 1 or 0: month and quarter end, option expiration week and day, triple witching, holiday eve, turn of the month.",
  notes:
    "Looks ahead in the calendar, and only there: at the holidays of the exchange's rules, which are published years before. A closure that nobody foresaw, or a day of mourning, counts as a session. Month and quarter end: the last session. Expiration: the third Friday or, on a holiday, the session before (2026-06-18); its week runs from Monday to that day; March, June, September and December are triple witching. Holiday eve: the last session before a weekday holiday. Turn of the month: the last session and the first three. NaN where the date is unknown or before 1990.",
  source:
    "NYSE Rule 7.2; Cboe, options expiration calendars; Lakonishok & Smidt, Are Seasonal Anomalies Real? (1988) for the turn of the month",
  memory: "finite",
  columns: () => NAMES.map((name) => ({ name: `cal_${name}`, unit: "flag", bounds: [0, 1] })),
  warmupBars: () => 0,
  compute: (inputs) => bySession(inputs, NAMES.length, (date) => NAMES.map((name) => (FLAGS[name]!(date) ? 1 : 0))),
});

const monthOf = (date: DateNumber): number => Math.floor(date / 100) % 100;
const opexOf = (date: DateNumber): DateNumber => monthlyOpexOf(Math.floor(date / 10_000), monthOf(date));

function isMonthEnd(date: DateNumber): boolean {
  return monthOf(nextScheduledSession(date)) !== monthOf(date);
}

function isOpexWeek(date: DateNumber): boolean {
  const opex = opexOf(date);
  const monday = dayNumberOf(opex) - dayOfWeekOf(opex);
  return dayNumberOf(date) >= monday && date <= opex;
}

function isHolidayEve(date: DateNumber): boolean {
  const next = dayNumberOf(nextScheduledSession(date));
  for (let day = dayNumberOf(date) + 1; day < next; day++) if (isHoliday(dateOfDayNumber(day))) return true;
  return false;
}

function sessionsBefore(date: DateNumber, count: number): DateNumber {
  let before = date;
  for (let k = 0; k < count; k++) before = previousScheduledSession(before);
  return before;
}
