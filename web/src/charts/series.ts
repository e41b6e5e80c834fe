/** A curve over session dates; values are equity, 1 at the start, unless said otherwise. */
export interface DatedSeries {
  readonly name: string;
  readonly dates: readonly string[];
  readonly values: readonly (number | null)[];
}

/** Several curves over one axis: every date that one of them has, in order, and null where another has none. */
export interface AlignedSeries {
  readonly dates: readonly string[];
  readonly columns: readonly (readonly (number | null)[])[];
}

export function alignSeries(series: readonly DatedSeries[]): AlignedSeries {
  const dates = [...new Set(series.flatMap((each) => each.dates))].sort();
  const columns = series.map((each) => {
    const byDate = new Map(each.dates.map((date, index) => [date, each.values[index] ?? null]));
    return dates.map((date) => byDate.get(date) ?? null);
  });
  return { dates, columns };
}

/**
 * How far a curve is below its highest value so far, the start of 1 included: a fraction, 0 at a peak and never above.
 * Null where the curve is not known.
 */
export function drawdownOf(values: readonly (number | null)[]): (number | null)[] {
  let peak = 1;
  return values.map((value) => {
    if (value === null) return null;
    peak = Math.max(peak, value);
    return value / peak - 1;
  });
}

/** The return of one calendar month, compounded from the last value of the month before. */
export interface MonthReturn {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly value: number;
}

/** Monthly returns of an equity curve that begins at 1 before its first date. */
export function monthlyReturns(dates: readonly string[], values: readonly (number | null)[]): MonthReturn[] {
  const lasts = new Map<string, number>();
  dates.forEach((date, index) => {
    const value = values[index];
    if (value !== null && value !== undefined && Number.isFinite(value)) lasts.set(date.slice(0, 7), value);
  });
  let before = 1;
  return [...lasts].map(([key, value]) => {
    const change = value / before - 1;
    before = value;
    return { year: Number(key.slice(0, 4)), month: Number(key.slice(5, 7)), value: change };
  });
}

/** The year's return of each year, compounded from its months. */
export function yearlyReturns(months: readonly MonthReturn[]): ReadonlyMap<number, number> {
  const years = new Map<number, number>();
  for (const { year, value } of months) years.set(year, (1 + (years.get(year) ?? 0)) * (1 + value) - 1);
  return years;
}

/** Seconds of a date's midnight, UTC: the axis of charts over sessions. */
export const secondsOf = (date: string): number => Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / 1000;

/** What a waterfall draws: each part from where the one before ended. */
export interface WaterfallBar {
  readonly name: string;
  readonly detail: string;
  readonly from: number;
  readonly to: number;
  readonly part: number;
}

export interface Contribution {
  readonly feature: string;
  readonly value: number | null;
  readonly contribution: number;
}

/**
 * Bars from a base value to the sum of all contributions, the largest ones first; what is left of the others is the last bar.
 *
 * @param rest - features that are not listed, with the sum of what they contribute
 */
export function waterfallOf(
  base: number,
  contributions: readonly Contribution[],
  rest: { readonly features: number; readonly contribution: number },
  most = 10,
): WaterfallBar[] {
  const sorted = contributions.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const shown = sorted.slice(0, most);
  const hidden = sorted.slice(most);
  const others = {
    features: rest.features + hidden.length,
    contribution: hidden.reduce((sum, each) => sum + each.contribution, rest.contribution),
  };
  let at = base;
  const bar = (name: string, detail: string, part: number): WaterfallBar => {
    const from = at;
    at += part;
    return { name, detail, from, to: at, part };
  };
  const bars = shown.map(({ feature, value, contribution }) =>
    bar(feature, value === null ? "not known" : String(Number(value.toPrecision(4))), contribution),
  );
  if (others.features > 0) bars.push(bar(`${others.features} other features`, "", others.contribution));
  return bars;
}

/** How strong a colour is between 0 and 1, for a value beside the largest one of its table; unknown has none. */
export function strengthOf(value: number | null | undefined, largest: number): number {
  if (value === null || value === undefined || !Number.isFinite(value) || !(largest > 0)) return 0;
  return Math.min(1, Math.abs(value) / largest);
}

const DAY_SECONDS = 86_400;

/** The names of an axis of dates: days, months or years, whichever the steps between them are. */
export function dateTicks(seconds: readonly number[], stepSeconds: number): string[] {
  const letters = stepSeconds >= 360 * DAY_SECONDS ? 4 : stepSeconds >= 28 * DAY_SECONDS ? 7 : 10;
  return seconds.map((second) => new Date(second * 1000).toISOString().slice(0, letters));
}
