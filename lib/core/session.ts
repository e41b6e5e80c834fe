import { SigmaError } from "../errors/sigma-error.ts";
import type { Cadence } from "./bars.ts";
import { NYSE, type TradingCalendar } from "./calendar.ts";
import { formatDate, sessionDateOf } from "./time.ts";

/** Length of a full intraday bar, in milliseconds. A daily bar is as long as its session. */
export const BAR_MS: Readonly<Record<Exclude<Cadence, "daily">, number>> = {
  "1m": 60_000,
  "5m": 300_000,
  "15m": 900_000,
  hourly: 3_600_000,
};

/**
 * The start of the bar that holds an instant. Intraday bars are aligned to New York's clock and clipped to the session:
 * the first hourly bar starts at 09:30 and is still hour 9. A daily bar starts at the session's open.
 *
 * @param utcMs - UTC milliseconds
 * @returns UTC milliseconds, or NaN when no session is open at that instant
 */
export function barStartOf(utcMs: number, cadence: Cadence, calendar: TradingCalendar = NYSE): number {
  const date = sessionDateOf(utcMs);
  if (!calendar.isSession(date)) return Number.NaN;
  const open = calendar.openOf(date);
  if (utcMs < open || utcMs >= calendar.closeOf(date)) return Number.NaN;
  return cadence === "daily" ? open : Math.max(alignedStart(utcMs, cadence), open);
}

/**
 * The end of the bar that starts at an instant: the next clock-aligned boundary or the session's actual close, whichever
 * comes first. This is the bar's decision time.
 *
 * @param startUtcMs - UTC milliseconds, inside a session
 * @throws INVALID_PARAM when no session is open at that instant
 */
export function barEndOf(startUtcMs: number, cadence: Cadence, calendar: TradingCalendar = NYSE): number {
  const date = sessionDateOf(startUtcMs);
  const close = calendar.closeOf(date);
  if (startUtcMs < calendar.openOf(date) || startUtcMs >= close) {
    const found = new Date(startUtcMs).toISOString();
    throw new SigmaError("INVALID_PARAM", `A bar starts inside its session; "${found}" lies outside that of ${formatDate(date)}.`, {
      start: found,
      session: formatDate(date),
    });
  }
  return cadence === "daily" ? close : Math.min(alignedStart(startUtcMs, cadence) + BAR_MS[cadence], close);
}

/**
 * Where every bar of a session starts: seven hourly bars on a full day, four on a half day that ends at 13:00.
 *
 * @returns UTC milliseconds, ascending
 * @throws INVALID_PARAM when the date is not a session
 */
export function barStartsOf(date: number, cadence: Cadence, calendar: TradingCalendar = NYSE): number[] {
  const close = calendar.closeOf(date);
  const starts: number[] = [];
  for (let start = calendar.openOf(date); start < close; start = barEndOf(start, cadence, calendar)) starts.push(start);
  return starts;
}

/**
 * The clock-aligned boundary at or before an instant. New York's offset is a whole number of hours, so UTC's boundaries
 * are New York's.
 */
export function alignedStart(utcMs: number, cadence: Exclude<Cadence, "daily">): number {
  const size = BAR_MS[cadence];
  return Math.floor(utcMs / size) * size;
}
