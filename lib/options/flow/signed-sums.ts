import type { FlowCells } from "../../core/option-data.ts";
import type { DateNumber } from "../../core/time.ts";
import { classifiedShare, forEachBar } from "./distance-sums.ts";
import type { SignedFlowOptions } from "./signed-options.ts";
import { distinctStrikes, nearestStrike, stepsBetween, strikeStepOf } from "./strike-grid.ts";

/** The bars of a matrix that the signed flow is laid beside, ascending. */
export interface SignedFlowRows {
  readonly length: number;
  /** UTC milliseconds. */
  readonly barStart: Float64Array;
  readonly sessionDate: Float64Array;
  /** Raw price of the underlying when the bar started, dollars; NaN = unknown. */
  readonly spotAtStart: Float64Array;
}

/** Listed strikes by session, ascending and distinct: what the chain of that morning shows. */
export type ListedStrikes = ReadonlyMap<DateNumber, Float64Array>;

/** Contracts by row, one column for each distance from 0 (or, with strikes in the money, from -distanceMax) up; NaN = unknown or not listed. */
export interface SignedSums {
  readonly callsBought: readonly Float64Array[];
  readonly callsSold: readonly Float64Array[];
  readonly putsBought: readonly Float64Array[];
  readonly putsSold: readonly Float64Array[];
  /** Share of the bar's volume with a known side, at all strikes. */
  readonly classifiedShare: Float64Array;
}

/**
 * Adds up each row's signed cells by strikes out of the money: of calls above, of puts below the strike nearest to the spot at
 * the bar's start. The step between distances is the session's, from the spot at its first row. A listed strike without trades
 * is 0; a distance at which nothing is listed is NaN, and so is every distance of a bar without cells or signed too little.
 *
 * @param listed - null when nobody knows the morning's chain: the strikes that have traded in the session so far stand for it
 * @throws DATA_INVALID when the rows do not ascend
 */
export function sumSigned(cells: FlowCells, rows: SignedFlowRows, listed: ListedStrikes | null, options: SignedFlowOptions): SignedSums {
  const { distanceMax, minClassifiedShare } = options;
  const least = options.inTheMoney ? -distanceMax : 0;
  const column = () => new Float64Array(rows.length).fill(Number.NaN);
  const columns = () => Array.from({ length: distanceMax - least + 1 }, column);
  const sums = { callsBought: columns(), callsSold: columns(), putsBought: columns(), putsSold: columns() };
  const share = column();
  let session = Number.NaN;
  let strikes = new Float64Array();
  let step = Number.NaN;
  let spotAtFirst = Number.NaN;
  forEachBar(cells, rows, (row, first, end) => {
    share[row] = classifiedShare(cells, first, end);
    const isNew = rows.sessionDate[row] !== session;
    if (isNew) {
      session = rows.sessionDate[row]!;
      spotAtFirst = rows.spotAtStart[firstRowOf(rows, row)]!;
      strikes = Float64Array.from(listed?.get(session) ?? []);
    }
    if (listed === null) strikes = distinctStrikes([...strikes, ...cells.strike.subarray(first, end)]);
    if (isNew || listed === null) step = strikeStepOf(strikes, spotAtFirst);
    const center = nearestStrike(strikes, rows.spotAtStart[row]!);
    if (!(share[row]! >= minClassifiedShare && step > 0 && center > 0)) return;
    const add = (of: readonly Float64Array[], distance: number, contracts: number) => {
      const cellColumn = of[distance - least];
      if (cellColumn) cellColumn[row] = (Number.isNaN(cellColumn[row]!) ? 0 : cellColumn[row]!) + contracts;
    };
    for (const strike of strikes) {
      const above = stepsBetween(center, strike, step);
      for (const columns of [sums.callsBought, sums.callsSold]) add(columns, above, 0);
      for (const columns of [sums.putsBought, sums.putsSold]) add(columns, -above, 0);
    }
    for (let cell = first; cell < end; cell++) {
      const above = stepsBetween(center, cells.strike[cell]!, step);
      add(sums.callsBought, above, cells.callBought[cell]!);
      add(sums.callsSold, above, cells.callSold[cell]!);
      add(sums.putsBought, -above, cells.putBought[cell]!);
      add(sums.putsSold, -above, cells.putSold[cell]!);
    }
  });
  return { ...sums, classifiedShare: share };
}

/** The session's first row. */
function firstRowOf({ sessionDate }: SignedFlowRows, row: number): number {
  let first = row;
  while (first > 0 && sessionDate[first - 1] === sessionDate[row]) first--;
  return first;
}
