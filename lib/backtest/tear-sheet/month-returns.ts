/** A year of returns: of each month January to December, null where no session lies in it, and of the whole year. */
export interface YearReturns {
  readonly year: string;
  readonly months: readonly (number | null)[];
  readonly total: number;
}

/**
 * Returns of calendar months and years from equity at each session's close. The first and last ones may be parts.
 *
 * @param dates - "YYYY-MM-DD", ascending
 * @param equity - 1 before the first
 */
export function monthReturns(dates: readonly string[], equity: readonly number[]): YearReturns[] {
  const years: { year: string; months: (number | null)[]; total: number }[] = [];
  let monthStart = 1;
  let yearStart = 1;
  for (const [i, date] of dates.entries()) {
    const year = date.slice(0, 4);
    const last = equity[i]!;
    if (years.at(-1)?.year !== year) {
      yearStart = i === 0 ? 1 : equity[i - 1]!;
      years.push({ year, months: new Array<number | null>(12).fill(null), total: 0 });
    }
    if (i === 0 || dates[i - 1]!.slice(0, 7) !== date.slice(0, 7)) monthStart = i === 0 ? 1 : equity[i - 1]!;
    const own = years.at(-1)!;
    own.months[Number(date.slice(5, 7)) - 1] = change(monthStart, last);
    own.total = change(yearStart, last);
  }
  return years;
}

/** An account that is gone stays where it is. */
const change = (before: number, after: number): number => (before > 0 ? after / before - 1 : 0);
