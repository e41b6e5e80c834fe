import type { SourceFaults } from "../source/source-faults.ts";
import type { SourceTable } from "../source/source-table.ts";
import { CHAIN_NUMBERS, type ChainField, type ChainNumber } from "./chain-fields.ts";

/** What the rows of a table say of their contracts and underlying; NaN = unknown. */
export type ChainCells = Readonly<Record<ChainNumber | "underlying_price", Float64Array>>;

/** How many rows have what stands for "none". */
export interface UnknownCounts {
  /** A volatility that was not computed. */
  readonly noVolatility: number;
  readonly noQuote: number;
  readonly noLast: number;
  /** A bid above the ask. */
  readonly crossed: number;
}

/** No contract of a listed market is worth so much volatility; larger numbers are percent. */
const HIGHEST_IV = 50;

/**
 * Checks and cleans the numbers of a table's rows: what cannot be is a fault, and a 0 that stands for "none" becomes unknown.
 *
 * @param skip - 1 for rows that are not wanted
 */
export function readChainCells(
  table: SourceTable<ChainField>,
  skip: Uint8Array,
  options: { readonly crossedQuotes: "refuse" | "unknown"; readonly ivScale: number },
  faults: SourceFaults,
): { readonly cells: ChainCells; readonly counts: UnknownCounts } {
  const { length, numbers } = table;
  const column = (field: ChainField): Float64Array => numbers[field]?.slice() ?? new Float64Array(length).fill(Number.NaN);
  const cells = Object.fromEntries([...CHAIN_NUMBERS, "underlying_price" as const].map((field) => [field, column(field)])) as ChainCells;
  const { bid, ask, last, iv, delta, gamma, theta, vega, underlying_price: underlyingPrice } = cells;
  const counts = { noVolatility: 0, noQuote: 0, noLast: 0, crossed: 0 };

  for (let row = 0; row < length; row++) {
    if (skip[row] === 1) continue;
    const fault = (field: ChainField, issue: string): void => faults.add(table, table.position[row]!, table.columnNames[field], issue);
    for (const field of ["bid", "ask", "last", "volume", "open_interest", "iv"] as const) {
      const value = cells[field][row]!;
      if (value < 0 || value === Number.POSITIVE_INFINITY)
        fault(field, `expected 0 or more, or an empty cell for unknown; found "${value}"`);
    }
    if (underlyingPrice[row]! < 0) fault("underlying_price", `expected a price above 0, found "${underlyingPrice[row]}"`);
    else if (underlyingPrice[row] === 0) underlyingPrice[row] = Number.NaN;
    if (Math.abs(delta[row]!) > 1) fault("delta", `expected a delta from -1 to 1 for one share, found "${delta[row]}"`);

    if (ask[row] === 0) {
      counts.noQuote += 1;
      bid[row] = Number.NaN;
      ask[row] = Number.NaN;
    } else if (bid[row]! > ask[row]!) {
      counts.crossed += 1;
      if (options.crossedQuotes === "refuse") {
        const remedy = "correct the row, or say crossed_quotes: unknown";
        fault("bid", `expected a bid of at most the ask "${ask[row]}", found "${bid[row]}"; ${remedy}`);
      }
      bid[row] = Number.NaN;
      ask[row] = Number.NaN;
    }
    if (last[row] === 0) {
      counts.noLast += 1;
      last[row] = Number.NaN;
    }
    if (iv[row] === 0) {
      counts.noVolatility += 1;
      for (const greek of [iv, delta, gamma, theta, vega]) greek[row] = Number.NaN;
    }
    iv[row] = iv[row]! * options.ivScale;
    if (iv[row]! > HIGHEST_IV)
      fault("iv", `expected a volatility as a fraction a year, found "${iv[row]}"; for percent say iv_unit: percent`);
  }
  return { cells, counts };
}

/** Whether a row says what its contract was worth or that it traded. A volume of 0 beside nothing else says nothing. */
export function saysPrices(cells: ChainCells, row: number): boolean {
  return cells.volume[row]! > 0 || (["bid", "ask", "last", "iv", "delta"] as const).some((field) => !Number.isNaN(cells[field][row]!));
}
