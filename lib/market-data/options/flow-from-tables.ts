import type { Cadence } from "../../core/bars.ts";
import { NYSE } from "../../core/calendar.ts";
import type { FlowCells } from "../../core/option-data.ts";
import { roundHalfEven } from "../../core/round-half-even.ts";
import { BAR_MS } from "../../core/session.ts";
import { type DateNumber, formatDate, newYorkWallToUtc, sessionDateOf } from "../../core/time.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import { dataInvalid } from "../bar-checks.ts";
import { type BarLocator, createBarLocator } from "../bar-locator.ts";
import { createGrowingRows } from "../source/growing-rows.ts";
import { createSourceFaults, type SourceFaults } from "../source/source-faults.ts";
import type { SourceTable } from "../source/source-table.ts";
import { dateOf } from "../source/time-stamp.ts";
import { FLOW_NUMBERS, type FlowField, type FlowNumber } from "./flow-fields.ts";

export interface FlowSource {
  readonly underlying: string;
  readonly name: string;
  /** Of the bars that the cells are of. */
  readonly cadence: Exclude<Cadence, "daily">;
  readonly barLabel: "start" | "end";
}

export interface ParsedFlow {
  readonly cells: FlowCells;
  readonly notes: readonly string[];
  readonly sourceRows: number;
  readonly droppedRows: number;
}

const FIELDS = Object.keys(FLOW_NUMBERS) as FlowNumber[];

/**
 * What was traded of same-day options by bar and strike, from a user's files in any order of rows.
 *
 * A bar is given by its time, or by date and New York hour (hour 9 is 09:30 to 10:00). A strike is given by itself, or as
 * anchor + distance, the anchor being the previous close rounded half to even.
 *
 * @throws DATA_INVALID naming place, column and found value of each fault
 */
export function flowFromTables(tables: readonly SourceTable<FlowField>[], source: FlowSource): ParsedFlow {
  const { name, cadence, barLabel, underlying } = source;
  const faults = createSourceFaults(name, tables);
  const locator = createBarLocator(cadence, barLabel);
  const { rows, outside } = collectRows(tables, cadence, locator, faults);
  const contradiction = locator.contradiction();
  if (contradiction !== undefined)
    throw dataInvalid(name, [{ place: `every ${tables[0]!.place}`, column: tables[0]!.columnNames.ts, issue: contradiction }]);
  faults.throwIfAny();

  const { table, row, start, strike } = rows;
  const sourceRows = tables.reduce((sum, { length }) => sum + length, 0);
  if (start.length === 0) throw noRows(name, sourceRows);
  const order = Uint32Array.from(start.keys()).sort((a, b) => start[a]! - start[b]! || strike[a]! - strike[b]!);
  requireOnce(rows, order, tables, faults);
  faults.throwIfAny();

  const numbers = Object.fromEntries(
    FIELDS.map((field) => [
      FLOW_NUMBERS[field],
      Float64Array.from(order, (at) => tables[table[at]!]!.numbers[field]?.[row[at]!] ?? Number.NaN),
    ]),
  ) as Record<(typeof FLOW_NUMBERS)[FlowNumber], Float64Array>;
  const cells: FlowCells = {
    underlying,
    length: order.length,
    barStart: Float64Array.from(order, (at) => start[at]!),
    strike: Float64Array.from(order, (at) => strike[at]!),
    ...numbers,
  };
  return { cells, notes: notesOf(tables, outside), sourceRows, droppedRows: outside };
}

const ROW_COLUMNS = ["table", "row", "start", "strike"] as const;
type TakenRows = Readonly<Record<(typeof ROW_COLUMNS)[number], Float64Array>>;

/** The rows inside sessions, and how many are not. */
function collectRows(
  tables: readonly SourceTable<FlowField>[],
  cadence: Cadence,
  locator: BarLocator,
  faults: SourceFaults,
): { readonly rows: TakenRows; readonly outside: number } {
  const anchors = new Map<DateNumber, number>();
  const rows = createGrowingRows(ROW_COLUMNS);
  let outside = 0;
  for (const [at, table] of tables.entries()) {
    requirePlaces(table, cadence);
    for (let row = 0; row < table.length; row++) {
      const start = startOf(table, row, locator, faults);
      if (start === undefined) continue;
      if (Number.isNaN(start)) {
        outside += 1;
        continue;
      }
      const strike = strikeOf(table, row, sessionDateOf(start), anchors, faults);
      checkNumbers(table, row, strike, faults);
      rows.push(at, row, start, strike);
    }
  }
  return { rows: rows.take(), outside };
}

/** @param order - the rows by bar, then strike */
function requireOnce(
  { table, row, start, strike }: TakenRows,
  order: Uint32Array,
  tables: readonly SourceTable<FlowField>[],
  faults: SourceFaults,
): void {
  for (let i = 1; i < order.length; i++) {
    const [one, other] = [order[i - 1]!, order[i]!];
    if (start[one] !== start[other] || strike[one] !== strike[other]) continue;
    const [before, where] = [tables[table[one]!]!, tables[table[other]!]!];
    const place = faults.placeOf(before, before.position[row[one]!]!);
    const issue = `duplicated cell: strike ${strike[other]} of the bar from "${new Date(start[other]!).toISOString()}" is also at ${place}`;
    faults.add(where, where.position[row[other]!]!, columnOfStrike(where), issue);
  }
}

const columnOfStrike = ({ numbers, columnNames }: SourceTable<FlowField>): string =>
  numbers.strike === undefined ? columnNames.distance : columnNames.strike;

/** Start of the row's bar; NaN when it lies outside every session, undefined when it was reported as a fault. */
function startOf(table: SourceTable<FlowField>, row: number, locator: BarLocator, faults: SourceFaults): number | undefined {
  const { times, numbers, position, columnNames } = table;
  if (times.ts !== undefined) {
    const found = locator.locate(times.ts.utcMs[row]!, times.ts.date[row]!);
    if (typeof found === "object") faults.add(table, position[row]!, columnNames.ts, found.issue);
    else return found === "kept" ? locator.span.start : Number.NaN;
    return undefined;
  }
  const date = dateOf(times.date!, row);
  const hour = numbers.hour_et![row]!;
  const refusal = date < NYSE.firstDate || date > NYSE.lastDate ? "outside the trading calendar" : NYSE.closureOf(date);
  if (refusal !== null) {
    faults.add(table, position[row]!, columnNames.date, `expected a trading session, found "${formatDate(date)}" (${refusal})`);
    return undefined;
  }
  if (!Number.isInteger(hour) || hour < 0 || hour > 23) {
    faults.add(table, position[row]!, columnNames.hour_et, `expected a New York hour from 0 to 23, found "${hour}"`);
    return undefined;
  }
  const start = newYorkWallToUtc(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100, hour, 0);
  const open = NYSE.openOf(date);
  const isInside = start + BAR_MS.hourly > open && start < NYSE.closeOf(date);
  return isInside ? Math.max(start, open) : Number.NaN;
}

function strikeOf(
  table: SourceTable<FlowField>,
  row: number,
  session: DateNumber,
  anchors: Map<DateNumber, number>,
  faults: SourceFaults,
): number {
  const { numbers, position, columnNames } = table;
  if (numbers.strike !== undefined) return numbers.strike[row]!;
  const previousClose = numbers.prev_close![row]!;
  const known = anchors.get(session);
  if (known === undefined) anchors.set(session, previousClose);
  if (!(previousClose > 0) || (known !== undefined && known !== previousClose)) {
    const issue =
      known === undefined
        ? `expected a price above 0, found "${previousClose}"`
        : `expected one previous close in a session, found "${known}" and "${previousClose}"`;
    faults.add(table, position[row]!, columnNames.prev_close, issue);
  }
  return roundHalfEven(previousClose) + numbers.distance![row]!;
}

function checkNumbers(table: SourceTable<FlowField>, row: number, strike: number, faults: SourceFaults): void {
  const { numbers, position, columnNames } = table;
  if (!(strike > 0 && strike < Number.POSITIVE_INFINITY))
    faults.add(table, position[row]!, columnOfStrike(table), `expected a strike above 0, found "${strike}"`);
  for (const field of FIELDS) {
    const value = numbers[field]?.[row] ?? Number.NaN;
    if (value < 0 || value === Number.POSITIVE_INFINITY)
      faults.add(table, position[row]!, columnNames[field], `expected 0 or more, or an empty cell for unknown; found "${value}"`);
  }
}

/** Each row must say its bar and its strike, each in one way. */
function requirePlaces({ name, times, numbers }: SourceTable<FlowField>, cadence: Cadence): void {
  const missing: string[] = [];
  const byHour = times.date !== undefined && numbers.hour_et !== undefined;
  if (times.ts === undefined && !byHour) missing.push("the bar (ts, or date and hour_et)");
  if (numbers.strike === undefined && (numbers.distance === undefined || numbers.prev_close === undefined))
    missing.push("the strike (strike, or distance and prev_close)");
  if (missing.length > 0) {
    throw new SigmaError(
      "DATA_INVALID",
      `${name}: each row must say its bar and its strike; found no columns for ${missing.join(" and ")}. Map them.`,
      { source: name },
      { fieldErrors: missing.map((what) => ({ path: "columns", issue: `no columns for ${what}` })) },
    );
  }
  if (times.ts === undefined && cadence !== "hourly") {
    throw new SigmaError(
      "DATA_INVALID",
      `${name}: bars given by their hour are hourly; the document says "${cadence}". Set cadence to hourly, or map ts.`,
      { source: name, cadence },
      { fieldErrors: [{ path: "cadence", issue: "must be hourly for bars given by their hour" }] },
    );
  }
}

function notesOf(tables: readonly SourceTable<FlowField>[], outside: number): string[] {
  const lacks = (field: FlowNumber): boolean => tables.every(({ numbers }) => numbers[field] === undefined);
  return [
    ...(outside > 0 ? [`${outside} rows outside regular trading hours were left out.`] : []),
    ...(lacks("calls_premium_usd") || lacks("puts_premium_usd") ? ["The source has no premium: it is unknown in every cell."] : []),
    ...(lacks("calls_sold") || lacks("puts_sold") ? ["The source does not say who started a trade: flow counts all volume."] : []),
  ];
}

function noRows(name: string, rows: number): SigmaError {
  return new SigmaError(
    "DATA_INVALID",
    `${name}: expected rows inside 09:30 to 16:00 New York time, found none in ${rows} rows. Check the hours and the time zone.`,
    { source: name, rows },
  );
}
