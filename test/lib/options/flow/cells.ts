import type { FlowCells } from "#lib/core/option-data.ts";

/** One strike's flow in one bar, as a test writes it; what is absent is 0, and NaN for sides when none is given. */
export type CellRow = {
  readonly start: number;
  readonly strike: number;
  readonly calls?: number;
  readonly puts?: number;
  readonly callPremium?: number;
  readonly putPremium?: number;
  readonly callBought?: number;
  readonly callSold?: number;
  readonly putBought?: number;
  readonly putSold?: number;
  readonly callSoldPremium?: number;
  readonly putSoldPremium?: number;
};

export function cellsOf(rows: readonly CellRow[], signed = false): FlowCells {
  const of = (value: (row: CellRow) => number | undefined) => Float64Array.from(rows, (row) => value(row) ?? 0);
  const side = (value: (row: CellRow) => number | undefined) => Float64Array.from(rows, (row) => value(row) ?? (signed ? 0 : Number.NaN));
  return {
    underlying: "SPY",
    length: rows.length,
    barStart: of((row) => row.start),
    strike: of((row) => row.strike),
    callVolume: of((row) => row.calls),
    putVolume: of((row) => row.puts),
    callPremium: of((row) => row.callPremium),
    putPremium: of((row) => row.putPremium),
    callBought: side((row) => row.callBought),
    callSold: side((row) => row.callSold),
    putBought: side((row) => row.putBought),
    putSold: side((row) => row.putSold),
    callBoughtPremium: side(() => undefined),
    callSoldPremium: side((row) => row.callSoldPremium),
    putBoughtPremium: side(() => undefined),
    putSoldPremium: side((row) => row.putSoldPremium),
  };
}
