import { NYSE } from "../../core/calendar.ts";
import type { OptionChain } from "../../core/option-data.ts";
import { type DateNumber, formatDate } from "../../core/time.ts";
import type { SourceFaults } from "../source/source-faults.ts";
import type { SourceTable } from "../source/source-table.ts";
import type { ChainField } from "./chain-fields.ts";
import { type ChainCells, saysPrices } from "./read-chain-cells.ts";

/** Rows of several tables: which contract, of which session, known when; the rest is in the tables' cells. */
export interface ChainRows {
  readonly length: number;
  readonly table: Float64Array;
  readonly row: Float64Array;
  readonly session: Float64Array;
  readonly knownAt: Float64Array;
  readonly strike: Float64Array;
  readonly expiry: Float64Array;
  readonly right: Float64Array;
  readonly cells: readonly ChainCells[];
  readonly placeOf: (table: number, row: number) => { readonly table: SourceTable<ChainField>; readonly position: number };
}

interface Meaning {
  readonly underlying: string;
  readonly pricesOf: "session" | "previous_session";
  readonly openInterestOf: "session" | "next_session" | undefined;
}

/**
 * Groups rows into snapshots, the contracts of each by expiry, strike, puts before calls.
 *
 * @returns the snapshots, ascending by the moment they were known, and the sessions of those that say nothing
 */
export function snapshotsOf(
  rows: ChainRows,
  meaning: Meaning,
  faults: SourceFaults,
): { readonly snapshots: OptionChain[]; readonly silent: DateNumber[] } {
  const { knownAt, session, expiry, strike, right } = rows;
  const order = Uint32Array.from({ length: rows.length }, (_, i) => i).sort(
    (a, b) =>
      knownAt[a]! - knownAt[b]! || session[a]! - session[b]! || expiry[a]! - expiry[b]! || strike[a]! - strike[b]! || right[a]! - right[b]!,
  );
  const snapshots: OptionChain[] = [];
  const silent: DateNumber[] = [];
  for (let from = 0; from < order.length; ) {
    const first = order[from]!;
    let to = from + 1;
    while (to < order.length && knownAt[order[to]!] === knownAt[first] && session[order[to]!] === session[first]) to += 1;
    const members = order.subarray(from, to);
    requireOnce(rows, members, faults);
    const found = snapshotsOfDate(rows, members, meaning, faults);
    snapshots.push(...found);
    if (found.length === 0) silent.push(session[first]!);
    from = to;
  }
  return { snapshots: snapshots.sort((a, b) => a.knownAt - b.knownAt || a.sessionDate - b.sessionDate), silent };
}

/** One snapshot, or two where prices and open interest are of different sessions; none when nothing is known. */
function snapshotsOfDate(rows: ChainRows, members: Uint32Array, meaning: Meaning, faults: SourceFaults): OptionChain[] {
  const first = members[0]!;
  const date = rows.session[first]!;
  const pricesSession = meaning.pricesOf === "session" ? date : NYSE.previousSession(date);
  const interestSession = meaning.openInterestOf === "next_session" ? NYSE.nextSession(date) : date;
  const underlyingPrice = underlyingPriceOf(rows, members, faults);
  const known = rows.knownAt[first]!;
  // A morning's open interest is published before its open, and not before the market that it ends.
  const interestKnown = meaning.openInterestOf === "next_session" ? Math.max(known, NYSE.openOf(interestSession)) : known;
  const chain = (which: Uint32Array, sessionDate: DateNumber, knownAt: number, has: Which): OptionChain =>
    chainOf(rows, which, { underlying: meaning.underlying, sessionDate, knownAt, underlyingPrice, has });

  const priced = members.filter((at) => saysPrices(rows.cells[rows.table[at]!]!, rows.row[at]!));
  const interested = members.filter((at) => !Number.isNaN(cellOf(rows, at, "open_interest")) && rows.expiry[at]! >= interestSession);
  if (pricesSession === interestSession) {
    return priced.length + interested.length === 0 ? [] : [chain(members, date, known, "all")];
  }
  return [
    ...(priced.length === 0 ? [] : [chain(priced, pricesSession, known, "prices")]),
    ...(interested.length === 0 ? [] : [chain(interested, interestSession, interestKnown, "interest")]),
  ];
}

type Which = "all" | "prices" | "interest";

function chainOf(
  rows: ChainRows,
  members: Uint32Array,
  head: Pick<OptionChain, "underlying" | "sessionDate" | "knownAt" | "underlyingPrice"> & { readonly has: Which },
): OptionChain {
  const { underlying, sessionDate, knownAt, underlyingPrice, has } = head;
  const column = (field: keyof ChainCells, isWanted: boolean): Float64Array =>
    Float64Array.from(members, (at) => (isWanted ? cellOf(rows, at, field) : Number.NaN));
  const prices = has !== "interest";
  return {
    underlying,
    sessionDate,
    knownAt,
    underlyingPrice: prices ? underlyingPrice : Number.NaN,
    length: members.length,
    strike: Float64Array.from(members, (at) => rows.strike[at]!),
    expiry: Float64Array.from(members, (at) => rows.expiry[at]!),
    right: Int8Array.from(members, (at) => rows.right[at]!),
    bid: column("bid", prices),
    ask: column("ask", prices),
    last: column("last", prices),
    volume: column("volume", prices),
    openInterest: column("open_interest", has !== "prices"),
    iv: column("iv", prices),
    delta: column("delta", prices),
    gamma: column("gamma", prices),
    theta: column("theta", prices),
    vega: column("vega", prices),
  };
}

function cellOf({ cells, table, row }: ChainRows, at: number, field: keyof ChainCells): number {
  return cells[table[at]!]![field][row[at]!]!;
}

function underlyingPriceOf(rows: ChainRows, members: Uint32Array, faults: SourceFaults): number {
  let price = Number.NaN;
  for (const at of members) {
    const found = cellOf(rows, at, "underlying_price");
    if (Number.isNaN(found) || found === price) continue;
    if (Number.isNaN(price)) price = found;
    else {
      const { table, position } = rows.placeOf(rows.table[at]!, rows.row[at]!);
      const issue = `expected one price of the underlying in a snapshot, found "${price}" and "${found}"`;
      faults.add(table, position, table.columnNames.underlying_price, issue);
      return price;
    }
  }
  return price;
}

function requireOnce(rows: ChainRows, members: Uint32Array, faults: SourceFaults): void {
  const { expiry, strike, right, session } = rows;
  for (let i = 1; i < members.length; i++) {
    const [one, other] = [members[i - 1]!, members[i]!];
    if (expiry[one] !== expiry[other] || strike[one] !== strike[other] || right[one] !== right[other]) continue;
    const { table, position } = rows.placeOf(rows.table[other]!, rows.row[other]!);
    const before = rows.placeOf(rows.table[one]!, rows.row[one]!);
    const contract = `${formatDate(expiry[other]!)} ${strike[other]} ${right[other] === 1 ? "call" : "put"}`;
    const field = table.texts.contract === undefined ? "strike" : "contract";
    faults.add(
      table,
      position,
      table.columnNames[field],
      `duplicated contract: ${contract} of ${formatDate(session[other]!)} is also at ${faults.placeOf(before.table, before.position)}`,
    );
  }
}
