/** Columns of `OptionTrades`. */
const FLOATS = [
  "contract",
  "contracts",
  "fees",
  "entryMid",
  "entryHalfSpread",
  "exitMid",
  "exitHalfSpread",
  "spreadPct",
  "openInterest",
  "volume",
  "iv",
  "delta",
] as const;
const BYTES = ["entrySource", "exitSource", "repricedMarks"] as const;

/**
 * What option trades have beside the columns of the trade log, by the log's index: `contract` is the place in the contract tape,
 * `contracts` whole ones; mids and half spreads are dollars a share, `fees` dollars of both sides, `spreadPct` the spread at the
 * entry in percent of the middle (NaN where it is modelled). Open interest, volume, volatility and delta are those known at
 * the decision. `entrySource` and `exitSource` are QUOTED, TRADED or REPRICED; `repricedMarks` is 1 where a close between
 * them was. Of a trade that is open, what belongs to the exit is NaN.
 */
export interface OptionTrades
  extends Readonly<Record<(typeof FLOATS)[number], Float64Array>>,
    Readonly<Record<(typeof BYTES)[number], Uint8Array>> {
  readonly count: number;
}

export interface GrowingOptionTrades extends OptionTrades {
  /** Makes room for the trade with this index. */
  reach(trade: number): void;
}

export function createOptionTrades(capacity = 64): GrowingOptionTrades {
  const columns = {
    ...allocate(capacity),
    count: 0,
    reach(trade: number): void {
      if (trade >= columns.contract.length) {
        const wider = allocate(2 * (trade + 1));
        for (const name of FLOATS) wider[name].set(columns[name]);
        for (const name of BYTES) wider[name].set(columns[name]);
        Object.assign(columns, wider);
      }
      columns.count = Math.max(columns.count, trade + 1);
    },
  };
  return columns;
}

function allocate(capacity: number) {
  const floats = Object.fromEntries(FLOATS.map((name) => [name, new Float64Array(capacity).fill(Number.NaN)]));
  const bytes = Object.fromEntries(BYTES.map((name) => [name, new Uint8Array(capacity)]));
  return { ...floats, ...bytes } as Record<(typeof FLOATS)[number], Float64Array> & Record<(typeof BYTES)[number], Uint8Array>;
}
