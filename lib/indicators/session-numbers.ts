import { NYSE } from "../core/calendar.ts";
import { type DateNumber, isCalendarDate } from "../core/time.ts";
import type { IndicatorInputs } from "./inputs.ts";

/** Position of a date in the exchange's table of sessions, so that differences count sessions; NaN for what is no session of it. */
export function sessionNumber(date: DateNumber): number {
  if (!(date >= NYSE.firstDate && date <= NYSE.lastDate && Number.isInteger(date))) return Number.NaN;
  if (!isCalendarDate(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100)) return Number.NaN;
  const number = NYSE.sessionIndex(date);
  return number >= 0 ? number : Number.NaN;
}

/** `sessionNumber` of each entry. */
export function sessionNumbers(dates: Float64Array): Float64Array {
  const out = new Float64Array(dates.length);
  for (let i = 0; i < dates.length; i++) out[i] = i > 0 && dates[i] === dates[i - 1] ? out[i - 1]! : sessionNumber(dates[i]!);
  return out;
}

/** `sessionNumber` of each row. */
export const rowSessions = (inputs: IndicatorInputs): Float64Array =>
  inputs.shared.get("session_number", () => sessionNumbers(inputs.sessionDate));
