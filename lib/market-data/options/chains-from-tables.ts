import { NYSE } from "../../core/calendar.ts";
import type { OptionChain } from "../../core/option-data.ts";
import { type DateNumber, formatDate } from "../../core/time.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import { shownDates } from "../bar-notes.ts";
import type { KnownAtRule } from "../known-at.ts";
import { createGrowingRows } from "../source/growing-rows.ts";
import { createSourceFaults, type SourceFaults } from "../source/source-faults.ts";
import type { SourceTable } from "../source/source-table.ts";
import { dateOf } from "../source/time-stamp.ts";
import type { ChainField } from "./chain-fields.ts";
import { type ChainRows, snapshotsOf } from "./chain-snapshots.ts";
import { type ChainCells, readChainCells, saysPrices, type UnknownCounts } from "./read-chain-cells.ts";
import { readContracts } from "./read-contracts.ts";

/** How the rows of a file of option chains are meant. */
export interface ChainSource {
  readonly underlying: string;
  /** Roots and names of the underlying. */
  readonly roots: readonly string[];
  readonly name: string;
  /** When the rows dated with a session were known; a column `known_at` goes first. */
  readonly knownAt: KnownAtRule;
  readonly pricesOf: "session" | "previous_session";
  /** Undefined when nobody said it, which is refused where there is open interest. */
  readonly openInterestOf: "session" | "next_session" | undefined;
  readonly crossedQuotes: "refuse" | "unknown";
  /** What an implied volatility is multiplied by to be a fraction a year. */
  readonly ivScale: number;
}

export interface ParsedChains {
  /** Ascending by the moment they were known. */
  readonly snapshots: readonly OptionChain[];
  readonly notes: readonly string[];
  readonly sourceRows: number;
  readonly droppedRows: number;
}

/**
 * Option chains from a user's files, one row a contract and snapshot, in any order.
 *
 * A source whose prices are of one session and whose open interest is of another gives two snapshots for each of its dates, so
 * that each says the session that it belongs to. What the source calls 0 and cannot be 0 is unknown: an implied volatility
 * (and the greeks beside it), a last price, a quote of nothing for nothing; the notes count it.
 *
 * @throws DATA_INVALID naming place, column and found value of each fault
 */
export function chainsFromTables(tables: readonly SourceTable<ChainField>[], source: ChainSource): ParsedChains {
  const faults = createSourceFaults(source.name, tables);
  const { rows, counts } = collectRows(tables, source, faults);
  faults.throwIfAny();
  const sourceRows = tables.reduce((sum, table) => sum + table.length, 0);
  if (rows.length === 0) throw noRows(source, counts.others, sourceRows);
  const { snapshots, silent } = snapshotsOf(rows, source, faults);
  faults.throwIfAny();
  if (snapshots.length === 0) throw noRows(source, counts.others, sourceRows);
  return { snapshots, notes: notesOf(counts, silent, snapshots), sourceRows, droppedRows: sourceRows - rows.length };
}

interface RowCounts extends UnknownCounts {
  readonly others: number;
  readonly movedExpiries: number;
  readonly expired: number;
}

/** The rows that are wanted and in order, and how many are not. */
function collectRows(
  tables: readonly SourceTable<ChainField>[],
  source: ChainSource,
  faults: SourceFaults,
): { readonly rows: ChainRows; readonly counts: RowCounts } {
  const counts = { others: 0, movedExpiries: 0, expired: 0, noVolatility: 0, noQuote: 0, noLast: 0, crossed: 0 };
  const cells: ChainCells[] = [];
  const rows = createGrowingRows(["table", "row", "session", "knownAt", "strike", "expiry", "right"]);
  for (const [at, table] of tables.entries()) {
    requireDates(table);
    requireInterestSession(table, source);
    const { strike, expiry, right, skip, others, movedExpiries } = readContracts(table, source.roots, faults);
    const read = readChainCells(table, skip, source, faults);
    cells.push(read.cells);
    counts.others += others;
    counts.movedExpiries += movedExpiries;
    for (const what of ["noVolatility", "noQuote", "noLast", "crossed"] as const) counts[what] += read.counts[what];
    for (let row = 0; row < table.length; row++) {
      if (skip[row] === 1) continue;
      const session = sessionOf(table, row, faults);
      if (session === undefined) continue;
      if (expiry[row]! < marketSession(session, source)) {
        counts.expired += 1;
        continue;
      }
      const knownAt = knownAtOf(table, row, session, source, saysPrices(read.cells, row) ? faults : null);
      rows.push(at, row, session, knownAt, strike[row]!, expiry[row]!, right[row]!);
    }
  }
  const placeOf: ChainRows["placeOf"] = (table, row) => ({ table: tables[table]!, position: tables[table]!.position[row]! });
  return { rows: { length: rows.length, ...rows.take(), cells, placeOf }, counts };
}

/**
 * When the row was known; a time at which its prices cannot have been known is a fault.
 *
 * @param faults - null for a row without prices: open interest is known before the open
 */
function knownAtOf(
  table: SourceTable<ChainField>,
  row: number,
  session: DateNumber,
  source: ChainSource,
  faults: SourceFaults | null,
): number {
  const knownAt = table.times.known_at === undefined ? source.knownAt(session) : table.times.known_at.utcMs[row]!;
  if (faults !== null && source.pricesOf === "session" && knownAt <= NYSE.openOf(session)) {
    const issue = `prices of ${formatDate(session)} are not known at or before its open, found "${new Date(knownAt).toISOString()}"; correct the time, or say prices_of: previous_session`;
    faults.add(table, table.position[row]!, table.columnNames.known_at, issue);
  }
  return knownAt;
}

const marketSession = (session: DateNumber, { pricesOf }: ChainSource): DateNumber =>
  pricesOf === "session" ? session : NYSE.previousSession(session);

function sessionOf(table: SourceTable<ChainField>, row: number, faults: SourceFaults): DateNumber | undefined {
  const field = table.times.date === undefined ? "known_at" : "date";
  const date = dateOf(table.times[field]!, row);
  const issue =
    date < NYSE.firstDate || date > NYSE.lastDate
      ? `the calendar covers ${formatDate(NYSE.firstDate)} to ${formatDate(NYSE.lastDate)}`
      : NYSE.closureOf(date);
  if (issue === null) return date;
  faults.add(table, table.position[row]!, table.columnNames[field], `expected a trading session, found "${formatDate(date)}" (${issue})`);
  return undefined;
}

function requireDates({ name, times, columnNames }: SourceTable<ChainField>): void {
  if (times.date !== undefined || times.known_at !== undefined) return;
  throw new SigmaError(
    "DATA_INVALID",
    `${name}: expected a column for "date" or "known_at", found neither. Map the one that says which session or moment a row is of.`,
    { source: name },
    { fieldErrors: [{ path: columnNames.date, issue: "no such column in the source" }] },
  );
}

function requireInterestSession({ name, numbers, columnNames }: SourceTable<ChainField>, { openInterestOf }: ChainSource): void {
  if (numbers.open_interest === undefined || openInterestOf !== undefined) return;
  throw new SigmaError(
    "DATA_INVALID",
    `${name}: the source has open interest ("${columnNames.open_interest}"), and nobody said of which morning. Say open_interest_of: session when it was open as the row's date began, next_session when it was counted at that date's end; or leave it out with columns.open_interest: null.`,
    { source: name, column: columnNames.open_interest },
    { fieldErrors: [{ path: "open_interest_of", issue: "must be session or next_session" }] },
  );
}

function noRows({ name, roots }: ChainSource, others: number, sourceRows: number): SigmaError {
  const found = others > 0 ? `${others} of ${sourceRows} rows of other underlyings` : `${sourceRows} rows, none of which says anything`;
  return new SigmaError(
    "DATA_INVALID",
    `${name}: expected rows of "${roots.join('" or "')}", found ${found}. Check the symbol, its roots and the columns.`,
    { source: name, others, rows: sourceRows },
  );
}

function notesOf(counts: RowCounts, silent: readonly DateNumber[], snapshots: readonly OptionChain[]): string[] {
  const { others, movedExpiries, expired, noVolatility, noQuote, noLast, crossed } = counts;
  const stale = staleSessions(snapshots);
  const sentences: [number, string][] = [
    [others, `${others} rows of other underlyings were left out.`],
    [expired, `${expired} rows of contracts that had expired before their session were left out.`],
    [movedExpiries, `${movedExpiries} rows have an expiry on a day without a session: the session before it is their last trading day.`],
    [noVolatility, `${noVolatility} rows have an implied volatility of 0, which means not computed: it and their greeks are unknown.`],
    [noQuote, `${noQuote} rows have an ask of 0, which means no quote: bid and ask are unknown.`],
    [noLast, `${noLast} rows have a price of 0, which means none: it is unknown.`],
    [crossed, `${crossed} rows have a bid above the ask: both are unknown.`],
    [silent.length, `${silent.length} snapshots say nothing of any contract and were left out (${shownDates(silent)}).`],
    [
      stale.length,
      `The underlying's price repeats for three sessions or more (${shownDates(stale)}): it was probably not updated, and so perhaps the chain.`,
    ],
  ];
  return sentences.flatMap(([count, sentence]) => (count > 0 ? [sentence] : []));
}

/** Sessions whose underlying's price equals that of the two sessions before. */
function staleSessions(snapshots: readonly OptionChain[]): DateNumber[] {
  const bySession = new Map<DateNumber, number>();
  for (const { sessionDate, underlyingPrice } of snapshots) {
    if (!Number.isNaN(underlyingPrice)) bySession.set(sessionDate, underlyingPrice);
  }
  const sessions = [...bySession].sort(([a], [b]) => a - b);
  return sessions.flatMap(([session, price], i) =>
    i >= 2 && sessions[i - 1]![1] === price && sessions[i - 2]![1] === price ? [session] : [],
  );
}
