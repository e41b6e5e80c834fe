import type { Bars } from "../core/bars.ts";
import { NYSE } from "../core/calendar.ts";
import { formatDate } from "../core/time.ts";
import { type BarColumn, type BarOrigin, dataInvalid } from "./bar-checks.ts";
import { createBarLocator, type DroppedRows } from "./bar-locator.ts";
import type { BarSourceOptions } from "./bar-source.ts";
import { createGrowingRows } from "./source/growing-rows.ts";
import { createSourceFaults } from "./source/source-faults.ts";
import type { SourceTable } from "./source/source-table.ts";

/** Bars of a source before they are checked. */
export interface AssembledBars {
  readonly bars: Bars;
  /** Names the places of rows. */
  readonly origin: BarOrigin;
  readonly dropped: Readonly<DroppedRows>;
  /** Rows that were left out because their close is empty. */
  readonly withoutClose: number;
  readonly sourceRows: number;
  /** Columns that no table has. */
  readonly absent: readonly BarColumn[];
}

const PRICES = ["open", "high", "low", "close"] as const;

/**
 * Turns the rows of one or more tables, in their order, into bars: stamps become bar starts and ends.
 *
 * @param options.isLevels - of an index: rows whose close is empty, or that are dated on a holiday, are left out and counted
 * @throws DATA_INVALID naming place, column and found value of cells and stamps that cannot be read
 */
export function assembleBars(
  tables: readonly SourceTable<BarColumn>[],
  options: BarSourceOptions & { readonly isLevels: boolean },
): AssembledBars {
  const { symbol, cadence, barLabel = "start", name = symbol, isLevels } = options;
  const locator = createBarLocator(cadence, barLabel, isLevels ? "drop" : "refuse");
  const faults = createSourceFaults(name, tables);
  const rows = createGrowingRows(["table", "row", "start", "end"]);
  let withoutClose = 0;

  for (const [at, table] of tables.entries()) {
    const { utcMs, date } = table.times.ts!;
    const close = table.numbers.close!;
    for (let row = 0; row < table.length; row++) {
      if (isLevels && Number.isNaN(close[row]!)) {
        withoutClose += 1;
        continue;
      }
      const found = locator.locate(utcMs[row]!, date[row]!);
      if (typeof found === "object") faults.add(table, table.position[row]!, table.columnNames.ts, found.issue);
      if (found !== "kept") continue;
      rows.push(at, row, locator.span.start, locator.span.end);
    }
  }
  const timeColumn = tables[0]!.columnNames.ts;
  const everyRow = `every ${tables[0]!.place}`;
  // A wrong label makes every stamp look misplaced: it is the better thing to say.
  const contradiction = locator.contradiction();
  if (contradiction !== undefined) throw dataInvalid(name, [{ place: everyRow, column: timeColumn, issue: contradiction }]);
  faults.throwIfAny();

  const { length } = rows;
  const sourceRows = tables.reduce((sum, table) => sum + table.length, 0);
  const droppedRows = locator.dropped.extended + locator.dropped.beforeCalendar;
  if (length === 0 && droppedRows > 0)
    throw dataInvalid(name, [{ place: everyRow, column: timeColumn, issue: nothingLeft(options, locator.dropped) }]);

  const { table, row, start, end } = rows.take();
  const gather = (field: BarColumn, otherwise: number): Float64Array =>
    Float64Array.from({ length }, (_, i) => tables[table[i]!]!.numbers[field]?.[row[i]!] ?? otherwise);
  const bars: Bars = {
    symbol,
    cadence,
    length,
    start,
    end,
    open: gather("open", Number.NaN),
    high: gather("high", Number.NaN),
    low: gather("low", Number.NaN),
    close: gather("close", Number.NaN),
    volume: gather("volume", Number.NaN),
    factor: gather("factor", 1),
  };
  const origin: BarOrigin = {
    name,
    placeOf: (bar) => faults.placeOf(tables[table[bar]!]!, tables[table[bar]!]!.position[row[bar]!]!),
    columnOf: (field) => tables[0]!.columnNames[field],
  };
  const absent = ([...PRICES, "volume", "factor"] as const).filter((field) => tables.every(({ numbers }) => numbers[field] === undefined));
  return { bars, origin, dropped: locator.dropped, withoutClose, sourceRows, absent };
}

function nothingLeft({ timezone = "America/New_York", cadence }: BarSourceOptions, dropped: DroppedRows): string {
  return dropped.extended === 0
    ? `expected dates from ${formatDate(NYSE.firstDate)} on, found only earlier ones`
    : `expected ${cadence} bars inside 09:30 to 16:00 New York time, found none in ${dropped.extended} rows; check the cadence and the time zone ("${timezone}")`;
}
