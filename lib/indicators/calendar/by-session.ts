import { isScheduleDate } from "../../core/exchange-schedule.ts";
import type { DateNumber } from "../../core/time.ts";
import type { IndicatorInputs } from "../inputs.ts";

/**
 * Columns that depend on the session's date alone; worked out once a session.
 *
 * @param factsOf - one value for each column
 * @returns NaN where the date is unknown or lies before the exchange's calendar
 */
export function bySession(
  { length, sessionDate }: IndicatorInputs,
  columns: number,
  factsOf: (date: DateNumber) => readonly number[],
): Float64Array[] {
  const out = Array.from({ length: columns }, () => new Float64Array(length));
  const unknown = new Array<number>(columns).fill(Number.NaN);
  let date = Number.NaN;
  let facts: readonly number[] = unknown;
  for (let i = 0; i < length; i++) {
    if (sessionDate[i] !== date) {
      date = sessionDate[i]!;
      facts = isScheduleDate(date) ? factsOf(date) : unknown;
    }
    for (let c = 0; c < columns; c++) out[c]![i] = facts[c]!;
  }
  return out;
}
