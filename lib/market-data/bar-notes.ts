import type { Bars } from "../core/bars.ts";
import { NYSE } from "../core/calendar.ts";
import { type DateNumber, formatDate, sessionDateOf } from "../core/time.ts";
import type { AssembledBars } from "./assemble-bars.ts";

/** What was left out or is missing, in plain sentences. */
export function notesOf({ bars, dropped, absent, withoutClose }: AssembledBars): string[] {
  const notes: string[] = [];
  if (dropped.beforeCalendar > 0) {
    notes.push(`${dropped.beforeCalendar} rows before ${formatDate(NYSE.firstDate)}, where the trading calendar begins, were left out.`);
  }
  if (dropped.extended > 0) notes.push(`${dropped.extended} rows outside regular trading hours were left out.`);
  if (dropped.preMarketHour > 0) {
    notes.push("The source holds pre-market hours, so its 09:00 bars may contain trades before 09:30.");
  }
  if (dropped.holidays > 0) notes.push(`${dropped.holidays} rows dated on days on which the exchange was closed were left out.`);
  if (withoutClose > 0) notes.push(`${withoutClose} rows without a close were left out.`);
  const missing = missingSessions(bars);
  if (missing.length > 0) {
    notes.push(`${missing.length} sessions between the first and the last bar have no bar (${shownDates(missing)}).`);
  }
  if (absent.includes("volume")) notes.push("The source has no volume: volume is unknown in every bar.");
  if (absent.includes("factor")) {
    notes.push("The source has no adjustment factor: prices are taken as they are, and dividends are not in the returns.");
  }
  return notes;
}

/** The first dates of a list, for a sentence. */
export function shownDates(dates: readonly DateNumber[]): string {
  return `${dates.slice(0, 3).map(formatDate).join(", ")}${dates.length > 3 ? ", ..." : ""}`;
}

function missingSessions(bars: Bars): DateNumber[] {
  if (bars.length === 0) return [];
  const first = sessionDateOf(bars.start[0]!);
  const last = sessionDateOf(bars.start[bars.length - 1]!);
  const missing: DateNumber[] = [];
  let row = 0;
  for (const date of NYSE.sessionsBetween(first, last)) {
    const open = NYSE.openOf(date);
    while (row < bars.length && bars.start[row]! < open) row++;
    if (row === bars.length || bars.start[row]! >= NYSE.closeOf(date)) missing.push(date);
  }
  return missing;
}
