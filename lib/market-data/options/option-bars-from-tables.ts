import { NYSE } from "../../core/calendar.ts";
import { type DateNumber, formatDate, sessionDateOf } from "../../core/time.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import { dataInvalid } from "../bar-checks.ts";
import { type BarLocator, createBarLocator } from "../bar-locator.ts";
import { createGrowingRows } from "../source/growing-rows.ts";
import { createSourceFaults, type SourceFaults } from "../source/source-faults.ts";
import type { SourceTable } from "../source/source-table.ts";
import { OPTION_BAR_NUMBERS, type OptionBarField } from "./option-bar-fields.ts";
import type { SessionOptionBars } from "./option-bars-table.ts";
import { readContracts } from "./read-contracts.ts";

export interface OptionBarsSource {
  readonly underlying: string;
  /** Roots and names of the underlying. */
  readonly roots: readonly string[];
  readonly name: string;
  readonly barLabel: "start" | "end";
}

export interface ParsedOptionBars {
  /** One entry a session, ascending; rows by start, then contract. */
  readonly sessions: readonly SessionOptionBars[];
  readonly notes: readonly string[];
  readonly sourceRows: number;
  readonly droppedRows: number;
}

/** A volume-weighted price may leave the range by rounding, as a part of the price. */
const VWAP_ROUNDING = 1e-4;

/**
 * One-minute bars of option contracts from a user's files, in any order of rows.
 *
 * @throws DATA_INVALID naming place, column and found value of each fault
 */
export function optionBarsFromTables(tables: readonly SourceTable<OptionBarField>[], source: OptionBarsSource): ParsedOptionBars {
  const { name, barLabel } = source;
  const faults = createSourceFaults(name, tables);
  const locator = createBarLocator("1m", barLabel);
  const { rows, others, movedExpiries } = collectRows(tables, source, locator, faults);
  const contradiction = locator.contradiction();
  if (contradiction !== undefined)
    throw dataInvalid(name, [{ place: `every ${tables[0]!.place}`, column: tables[0]!.columnNames.ts, issue: contradiction }]);
  faults.throwIfAny();
  const { extended, beforeCalendar } = locator.dropped;
  if (rows.start.length === 0) throw noRows(source, others, extended);
  const sessions = sessionsOf(rows, tables, source, faults);
  faults.throwIfAny();

  const hasVwap = tables.some(({ numbers }) => numbers.vwap !== undefined);
  const sentences: [number, string][] = [
    [others, `${others} rows of other underlyings were left out.`],
    [extended, `${extended} rows outside regular trading hours were left out.`],
    [beforeCalendar, `${beforeCalendar} rows before ${formatDate(NYSE.firstDate)}, where the trading calendar begins, were left out.`],
    [movedExpiries, `${movedExpiries} rows have an expiry on a day without a session: the session before it is their last trading day.`],
    [hasVwap ? 0 : 1, "The source has no vwap: it is unknown in every bar, and so is the premium."],
  ];
  const notes = sentences.flatMap(([count, sentence]) => (count > 0 ? [sentence] : []));
  const sourceRows = tables.reduce((sum, table) => sum + table.length, 0);
  return { sessions, notes, sourceRows, droppedRows: sourceRows - rows.start.length };
}

const ROW_COLUMNS = ["table", "row", "start", "expiry", "strike", "right"] as const;
type TakenRows = Readonly<Record<(typeof ROW_COLUMNS)[number], Float64Array>>;

/** The rows that are wanted and in order, and how many are not. */
function collectRows(
  tables: readonly SourceTable<OptionBarField>[],
  { roots }: OptionBarsSource,
  locator: BarLocator,
  faults: SourceFaults,
): { readonly rows: TakenRows; readonly others: number; readonly movedExpiries: number } {
  const rows = createGrowingRows(ROW_COLUMNS);
  let others = 0;
  let movedExpiries = 0;
  for (const [at, table] of tables.entries()) {
    const contracts = readContracts(table, roots, faults);
    const { strike, expiry, right, skip } = contracts;
    others += contracts.others;
    movedExpiries += contracts.movedExpiries;
    const { utcMs, date } = table.times.ts!;
    for (let row = 0; row < table.length; row++) {
      if (skip[row] === 1) continue;
      const found = locator.locate(utcMs[row]!, date[row]!);
      if (typeof found === "object") faults.add(table, table.position[row]!, table.columnNames.ts, found.issue);
      if (found !== "kept") continue;
      const session = sessionDateOf(locator.span.start);
      if (expiry[row]! < session) {
        const issue = `expected a bar up to the contract's last day "${formatDate(expiry[row]!)}", found "${formatDate(session)}"`;
        faults.add(table, table.position[row]!, table.columnNames.ts, issue);
      }
      checkNumbers(table, row, faults);
      rows.push(at, row, locator.span.start, expiry[row]!, strike[row]!, right[row]!);
    }
  }
  return { rows: rows.take(), others, movedExpiries };
}

function checkNumbers(table: SourceTable<OptionBarField>, row: number, faults: SourceFaults): void {
  const { numbers, columnNames, position } = table;
  const fault = (field: OptionBarField, issue: string): void => faults.add(table, position[row]!, columnNames[field], issue);
  const [open, high, low, close] = [numbers.open![row]!, numbers.high![row]!, numbers.low![row]!, numbers.close![row]!];
  for (const field of ["open", "high", "low", "close"] as const) {
    const price = numbers[field]![row]!;
    if (!(price > 0 && price < Number.POSITIVE_INFINITY)) fault(field, `expected a finite price above 0, found "${price}"`);
  }
  if (high < Math.max(open, low, close)) fault("high", `expected the high to be at least "${Math.max(open, low, close)}", found "${high}"`);
  if (low > Math.min(open, close)) fault("low", `expected the low to be at most "${Math.min(open, close)}", found "${low}"`);
  const volume = numbers.volume![row]!;
  if (volume < 0 || volume === Number.POSITIVE_INFINITY)
    fault("volume", `expected a volume of 0 or more, or an empty cell for unknown; found "${volume}"`);
  const vwap = numbers.vwap?.[row] ?? Number.NaN;
  if (vwap < low * (1 - VWAP_ROUNDING) || vwap > high * (1 + VWAP_ROUNDING))
    fault("vwap", `expected a price between low and high ("${low}" to "${high}"), found "${vwap}"`);
}

function sessionsOf(
  rows: TakenRows,
  tables: readonly SourceTable<OptionBarField>[],
  { underlying }: OptionBarsSource,
  faults: SourceFaults,
): SessionOptionBars[] {
  const { table, row, start, expiry, strike, right } = rows;
  const order = Uint32Array.from(start.keys()).sort(
    (a, b) => start[a]! - start[b]! || expiry[a]! - expiry[b]! || strike[a]! - strike[b]! || right[a]! - right[b]!,
  );
  requireOnce(rows, order, tables, faults);
  const sessions: SessionOptionBars[] = [];
  for (let from = 0; from < order.length; ) {
    const sessionDate: DateNumber = sessionDateOf(start[order[from]!]!);
    const closing = NYSE.closeOf(sessionDate);
    let to = from + 1;
    while (to < order.length && start[order[to]!]! < closing) to += 1;
    const members = order.subarray(from, to);
    const gather = (column: Float64Array): Float64Array => Float64Array.from(members, (at) => column[at]!);
    const numbers = Object.fromEntries(
      OPTION_BAR_NUMBERS.map((field) => [
        field,
        Float64Array.from(members, (at) => tables[table[at]!]!.numbers[field]?.[row[at]!] ?? Number.NaN),
      ]),
    ) as Record<(typeof OPTION_BAR_NUMBERS)[number], Float64Array>;
    sessions.push({
      underlying,
      sessionDate,
      length: members.length,
      start: gather(start),
      expiry: gather(expiry),
      strike: gather(strike),
      right: Int8Array.from(members, (at) => right[at]!),
      ...numbers,
    });
    from = to;
  }
  return sessions;
}

/** @param order - the rows by start, then contract */
function requireOnce(rows: TakenRows, order: Uint32Array, tables: readonly SourceTable<OptionBarField>[], faults: SourceFaults): void {
  const { table, row, start, expiry, strike, right } = rows;
  for (let i = 1; i < order.length; i++) {
    const [one, other] = [order[i - 1]!, order[i]!];
    if (start[one] !== start[other] || expiry[one] !== expiry[other] || strike[one] !== strike[other] || right[one] !== right[other])
      continue;
    const [before, where] = [tables[table[one]!]!, tables[table[other]!]!];
    const place = faults.placeOf(before, before.position[row[one]!]!);
    const issue = `duplicated bar: "${new Date(start[other]!).toISOString()}" of this contract is also at ${place}`;
    faults.add(where, where.position[row[other]!]!, where.columnNames.ts, issue);
  }
}

function noRows({ name, roots }: OptionBarsSource, others: number, extended: number): SigmaError {
  return new SigmaError(
    "DATA_INVALID",
    `${name}: expected bars of options on "${roots.join('" or "')}" inside 09:30 to 16:00 New York time, found none (${others} rows of other underlyings, ${extended} outside these hours). Check the symbol, its roots and the time zone.`,
    { source: name, others, extended },
  );
}
