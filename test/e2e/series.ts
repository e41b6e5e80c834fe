import { NYSE } from "#lib/core/calendar.ts";
import { createRng } from "#lib/core/rng.ts";
import { dateOfDayNumber, dayNumberOf, formatDate } from "#lib/core/time.ts";

/** New York session dates, `YYYY-MM-DD`, from a date on. */
function sessionsFrom(first: number, count: number): string[] {
  const dates: string[] = [];
  for (let day = dayNumberOf(first); dates.length < count; day++) {
    const date = dateOfDayNumber(day);
    if (NYSE.isSession(date)) dates.push(formatDate(date));
  }
  return dates;
}

export interface DailyBar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** A CSV of daily bars over the sessions from 2010 on. */
export function dailyCsv(bars: readonly DailyBar[]): string {
  const dates = sessionsFrom(20100104, bars.length);
  const rows = bars.map(({ open, high, low, close }, i) => `${dates[i]},${open},${high},${low},${close},1000000`);
  return `date,open,high,low,close,volume\n${rows.join("\n")}\n`;
}

/** A seeded random walk: prices above zero, opens apart from closes. */
export function walk(count: number, seed: number, from = 100): DailyBar[] {
  const rng = createRng(`series ${seed}`);
  let last = from;
  return Array.from({ length: count }, () => {
    const open = round(last * Math.exp(0.003 * rng.normal()));
    const close = round(open * Math.exp(0.0002 + 0.01 * rng.normal()));
    const high = round(Math.max(open, close) * (1 + 0.004 * rng.uniform()));
    const low = round(Math.min(open, close) * (1 - 0.004 * rng.uniform()));
    last = close;
    return { open, high, low, close };
  });
}

/** A series of which each close is above the one before. */
export function onlyRising(count: number): DailyBar[] {
  const rng = createRng("rising");
  let last = 100;
  return Array.from({ length: count }, () => {
    const open = round(last * 1.0004);
    const close = round(open * (1.0004 + 0.002 * rng.uniform()));
    last = close;
    return { open, high: round(close * 1.001), low: round(open * 0.999), close };
  });
}

const round = (price: number): number => Math.round(price * 1e4) / 1e4;
