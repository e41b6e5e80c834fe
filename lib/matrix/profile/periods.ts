import type { PeriodUnit } from "./profile.schema.ts";

const FEWEST = 6;

/** The name of the period that a session date (20240701) lies in. */
const NAMES: Readonly<Record<PeriodUnit, (date: number) => string>> = {
  year: (date) => String(Math.floor(date / 10_000)),
  quarter: (date) => `${Math.floor(date / 10_000)}-Q${Math.ceil((Math.floor(date / 100) % 100) / 3)}`,
  month: (date) => `${Math.floor(date / 10_000)}-${two(Math.floor(date / 100) % 100)}`,
  session: (date) => `${Math.floor(date / 10_000)}-${two(Math.floor(date / 100) % 100)}-${two(date % 100)}`,
};

const two = (value: number): string => String(value).padStart(2, "0");

/** Rows in the order of time, cut into periods of one unit. */
export interface Periods {
  readonly unit: PeriodUnit;
  readonly names: readonly string[];
  /** For each row the index of its period. */
  readonly of: Int32Array;
}

/**
 * Cuts ascending session dates into periods: the longest unit that gives at least six of them, else sessions.
 *
 * @param sessionDate - New York session dates as numbers, 20240701, ascending
 */
export function periodsOf(sessionDate: Float64Array): Periods {
  for (const unit of ["year", "quarter", "month"] as const) {
    const found = cut(sessionDate, unit);
    if (found.names.length >= FEWEST) return found;
  }
  return cut(sessionDate, "session");
}

function cut(sessionDate: Float64Array, unit: PeriodUnit): Periods {
  const nameOf = NAMES[unit];
  const names: string[] = [];
  const of = new Int32Array(sessionDate.length);
  let before = Number.NaN;
  for (let row = 0; row < sessionDate.length; row++) {
    const date = sessionDate[row]!;
    if (date !== before) {
      const name = nameOf(date);
      if (name !== names.at(-1)) names.push(name);
      before = date;
    }
    of[row] = names.length - 1;
  }
  return { unit, names, of };
}
