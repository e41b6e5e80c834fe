import { canonicalBytes } from "../../core/canonical-nan.ts";
import type { Sha256 } from "../../core/digest.ts";
import type { OptionChain } from "../../core/option-data.ts";
import type { Table, TableColumn } from "../../core/parquet-table.ts";
import { columnsHash, type DataPart } from "../parts/data-part.ts";
import { columnOf } from "../parts/read-parts.ts";

/** Our name of a number column, and its name in a file. */
const NUMBERS = {
  bid: "bid",
  ask: "ask",
  last: "last",
  volume: "volume",
  openInterest: "open_interest",
  iv: "iv",
  delta: "delta",
  gamma: "gamma",
  theta: "theta",
  vega: "vega",
} as const;
type NumberName = keyof typeof NUMBERS;
const NUMBER_NAMES = Object.keys(NUMBERS) as NumberName[];

/**
 * The identity of chains, by their numbers alone: that of their columns as one table, read snapshot by snapshot so that years of
 * them are not copied.
 */
export function fingerprintOfChains(snapshots: readonly OptionChain[]): Sha256 {
  const hash = columnsHash(
    "option_chains",
    rowsOf(snapshots),
    COLUMNS.map(({ name }) => name),
  );
  for (const { of } of COLUMNS) {
    for (const chain of snapshots) {
      const values = of(chain);
      if (typeof values === "number") hash.update(canonicalBytes(new Float64Array(chain.length).fill(values)));
      else hash.update(canonicalBytes(values instanceof Float64Array ? values : Float64Array.from(values)));
    }
  }
  return hash.digest("hex") as Sha256;
}

/** Chains in parts of a month of sessions each. @param snapshots - ascending by the moment they were known */
export function chainParts(snapshots: readonly OptionChain[]): DataPart[] {
  const months = Map.groupBy(snapshots, ({ sessionDate }) => Math.floor(sessionDate / 100));
  return [...months]
    .sort(([a], [b]) => a - b)
    .map(([, members]) => {
      const sessions = members.map(({ sessionDate }) => sessionDate);
      return { first: Math.min(...sessions), last: Math.max(...sessions), rows: rowsOf(members), columns: chainColumns(members) };
    });
}

/** The snapshots of one part, as `chainParts` got them. */
export function chainsOf(underlying: string, table: Table): OptionChain[] {
  const [session, knownAt, price] = [columnOf(table, "session_date"), columnOf(table, "known_at"), columnOf(table, "underlying_price")];
  const [strike, expiry, right] = [columnOf(table, "strike"), columnOf(table, "expiry"), columnOf(table, "right")];
  const numbers = NUMBER_NAMES.map((name) => [name, columnOf(table, NUMBERS[name])] as const);
  const snapshots: OptionChain[] = [];
  for (let from = 0; from < table.rows; ) {
    let to = from + 1;
    while (to < table.rows && session[to] === session[from] && knownAt[to] === knownAt[from]) to += 1;
    const columns = Object.fromEntries(numbers.map(([name, values]) => [name, values.slice(from, to)])) as Record<NumberName, Float64Array>;
    snapshots.push({
      underlying,
      sessionDate: session[from]!,
      knownAt: knownAt[from]!,
      underlyingPrice: price[from]!,
      length: to - from,
      strike: strike.slice(from, to),
      expiry: expiry.slice(from, to),
      right: Int8Array.from(right.subarray(from, to)),
      ...columns,
    });
    from = to;
  }
  return snapshots;
}

const rowsOf = (snapshots: readonly OptionChain[]): number => snapshots.reduce((sum, { length }) => sum + length, 0);

interface ChainColumn {
  readonly name: string;
  readonly type: TableColumn["type"];
  /** One value for all contracts of a snapshot, or one for each. */
  readonly of: (chain: OptionChain) => number | ArrayLike<number>;
}

/** The columns of a table of chains, in their stored order. */
const COLUMNS: readonly ChainColumn[] = [
  { name: "session_date", type: "date", of: (chain) => chain.sessionDate },
  { name: "known_at", type: "time", of: (chain) => chain.knownAt },
  { name: "underlying_price", type: "double", of: (chain) => chain.underlyingPrice },
  { name: "strike", type: "double", of: (chain) => chain.strike },
  { name: "expiry", type: "date", of: (chain) => chain.expiry },
  { name: "right", type: "int32", of: (chain) => chain.right },
  ...NUMBER_NAMES.map((name): ChainColumn => ({ name: NUMBERS[name], type: "double", of: (chain) => chain[name] })),
];

/** Chains as the columns of one table. */
function chainColumns(snapshots: readonly OptionChain[]): TableColumn[] {
  const rows = rowsOf(snapshots);
  return COLUMNS.map(({ name, type, of }) => {
    const values = new Float64Array(rows);
    let at = 0;
    for (const chain of snapshots) {
      const found = of(chain);
      if (typeof found === "number") values.fill(found, at, at + chain.length);
      else values.set(found, at);
      at += chain.length;
    }
    return { name, type, values };
  });
}
