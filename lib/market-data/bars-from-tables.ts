import type { Bars } from "../core/bars.ts";
import { alignedStart, BAR_MS } from "../core/session.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { CorporateAction } from "./actions.ts";
import { withActions } from "./actions-from-table.ts";
import { assembleBars } from "./assemble-bars.ts";
import { type BarColumn, type BarOrigin, checkBars, dataInvalid } from "./bar-checks.ts";
import { notesOf } from "./bar-notes.ts";
import type { BarSourceOptions, ParsedBars } from "./bar-source.ts";
import type { SourceTable } from "./source/source-table.ts";

/**
 * The bars of a user's file, or of several that follow each other in time, checked as a whole.
 *
 * @param actions - of a source that has no factor of its own
 * @throws DATA_INVALID naming place, column and found value of each fault
 */
export function barsFromTables(
  tables: readonly SourceTable<BarColumn>[],
  options: BarSourceOptions,
  actions?: readonly CorporateAction[],
): ParsedBars {
  requireSameFactor(tables, options);
  const assembled = assembleBars(tables, { ...options, isLevels: false });
  const { bars, origin, dropped, sourceRows, absent } = assembled;
  checkBars(bars, origin);
  checkStep(bars, origin);
  const droppedRows = dropped.extended + dropped.beforeCalendar;
  if (actions === undefined) {
    const stamps = absent.includes("factor") ? ["price_return_only"] : [];
    return { bars, notes: notesOf(assembled), sourceRows, droppedRows, absent, stamps };
  }
  const adjusted = withActions(bars, actions, { name: origin.name, hasFactor: !absent.includes("factor") });
  const known = absent.filter((field) => field !== "factor");
  const notes = [...notesOf({ ...assembled, absent: known }), adjusted.note];
  return { bars: adjusted.bars, notes, sourceRows, droppedRows, absent: known, stamps: adjusted.stamps };
}

/** A part without factors beside parts with them would look like an action at each seam. */
function requireSameFactor(tables: readonly SourceTable<BarColumn>[], { symbol, name = symbol }: BarSourceOptions): void {
  const without = tables.find(({ numbers }) => numbers.factor === undefined);
  const having = tables.find(({ numbers }) => numbers.factor !== undefined);
  if (without === undefined || having === undefined) return;
  throw new SigmaError(
    "DATA_INVALID",
    `${name}: "${having.name}" has an adjustment factor, "${without.name}" has none. Give every file of the symbol one, or none.`,
    { source: name, having: having.name, without: without.name },
  );
}

/** Rows that are regularly further apart than the cadence says are bars of a larger size. */
function checkStep(bars: Bars, { name, columnOf }: BarOrigin): void {
  if (bars.cadence === "daily") return;
  const size = BAR_MS[bars.cadence];
  let pairs = 0;
  let adjacent = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (let row = 1; row < bars.length; row++) {
    const step = alignedStart(bars.start[row]!, bars.cadence) - alignedStart(bars.start[row - 1]!, bars.cadence);
    if (step > 6.5 * 3_600_000) continue;
    pairs += 1;
    if (step === size) adjacent += 1;
    else smallest = Math.min(smallest, step);
  }
  if (pairs < 5 || adjacent * 20 >= pairs) return;
  const issue = `expected ${bars.cadence} bars to follow each other at "${size / 60_000}" minutes, found steps of "${smallest / 60_000}" minutes or more; check the cadence`;
  throw dataInvalid(name, [{ place: "every row", column: columnOf("ts"), issue }]);
}
