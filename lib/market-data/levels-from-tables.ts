import type { Bars } from "../core/bars.ts";
import { type DateNumber, formatDate, sessionDateOf } from "../core/time.ts";
import { assembleBars } from "./assemble-bars.ts";
import { type BarColumn, checkBars } from "./bar-checks.ts";
import { notesOf, shownDates } from "./bar-notes.ts";
import type { BarSourceOptions, ParsedBars } from "./bar-source.ts";
import type { KnownAtRule } from "./known-at.ts";
import type { SourceTable } from "./source/source-table.ts";

/**
 * An index's levels from a user's file, or from several that follow each other in time, checked as a whole. Each row says when
 * it was available, so that nothing decided before may use it.
 *
 * Open, high and low may be missing. An open outside the day's range is no price that the day had: it becomes unknown, and the
 * notes count it. Rows without a close, and those dated on a weekday on which the exchange was closed, are left out and counted.
 *
 * @param availableAt - when a session's row was published; at the bar's end where the bars are not daily
 * @throws DATA_INVALID naming place, column and found value of each fault, and when the rule lies before the bar's end
 */
export function levelsFromTables(
  tables: readonly SourceTable<BarColumn>[],
  options: BarSourceOptions,
  availableAt: KnownAtRule,
): ParsedBars {
  const assembled = assembleBars(tables, { ...options, isLevels: true });
  const { origin, dropped, sourceRows, absent, withoutClose } = assembled;
  const known = options.cadence === "daily" ? assembled.bars.start.map((start) => availableAt(sessionDateOf(start))) : assembled.bars.end;
  const bars: Bars = { ...assembled.bars, availableAt: known.slice() };
  const outside = forgetOpensOutside(bars);
  checkBars(bars, origin);

  const notes = notesOf({ ...assembled, absent: [] });
  const missing = (["open", "high", "low"] as const).filter((field) => absent.includes(field));
  if (missing.length > 0) notes.push(`The source has no ${missing.join(", ")}: unknown in every row.`);
  if (outside.length > 0) {
    notes.push(`${outside.length} rows have an open outside the day's high and low: these opens are unknown (${shownDates(outside)}).`);
  }
  const flat = flatRows(bars);
  if (flat.length > 0) {
    const [first, last] = [formatDate(flat[0]!), formatDate(flat[flat.length - 1]!)];
    notes.push(
      `${flat.length} rows have open, high and low equal to the close, from ${first} to ${last}: they say the close and no range of the day.`,
    );
  }
  const droppedRows = dropped.extended + dropped.beforeCalendar + dropped.holidays + withoutClose;
  return { bars, notes, sourceRows, droppedRows, absent, stamps: ["not_tradable", "price_return_only"] };
}

/** Makes opens above the high or below the low unknown. @returns the sessions */
function forgetOpensOutside({ length, start, open, high, low }: Bars): DateNumber[] {
  const sessions: DateNumber[] = [];
  for (let row = 0; row < length; row++) {
    if (!(open[row]! > high[row]! || open[row]! < low[row]!)) continue;
    sessions.push(sessionDateOf(start[row]!));
    open[row] = Number.NaN;
  }
  return sessions;
}

function flatRows({ length, start, open, high, low, close }: Bars): DateNumber[] {
  const sessions: DateNumber[] = [];
  for (let row = 0; row < length; row++) {
    const level = close[row]!;
    if (open[row] === level && high[row] === level && low[row] === level) sessions.push(sessionDateOf(start[row]!));
  }
  return sessions;
}
