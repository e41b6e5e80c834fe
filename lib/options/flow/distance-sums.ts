import type { FlowCells } from "../../core/option-data.ts";
import { roundHalfEven } from "../../core/round-half-even.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { FlowOptions } from "./flow-options.ts";

/** The bars of a matrix that the flow is laid beside, ascending. */
export interface FlowRows {
  readonly length: number;
  /** UTC milliseconds. */
  readonly barStart: Float64Array;
  /** Raw close of the session before the row's, dollars; NaN = unknown. Strikes are raw prices. */
  readonly previousClose: Float64Array;
  /** The bar's close, on one scale over all rows. */
  readonly close: Float64Array;
}

/** Contracts or dollars by row, one column for each distance from -distanceMax up; NaN = unknown. */
export interface DistanceSums {
  readonly calls: readonly Float64Array[];
  readonly puts: readonly Float64Array[];
  readonly callsPremium: readonly Float64Array[];
  readonly putsPremium: readonly Float64Array[];
}

/**
 * Adds up each row's cells by distance of the strike from the row's anchor: the previous close, rounded half to even to a whole
 * number of steps. A row whose bar has cells knows all distances: no trade there is 0. A row without any cell, without an anchor
 * or, when sides are inferred, with too little of its volume signed, knows none: NaN.
 *
 * @throws DATA_INVALID when the rows do not ascend
 */
export function sumByDistance(cells: FlowCells, rows: FlowRows, options: FlowOptions): DistanceSums {
  const { distanceMax, strikeStep, flowSide, minClassifiedShare } = options;
  const inferred = flowSide === "inferred";
  const columns = () => Array.from({ length: 2 * distanceMax + 1 }, () => new Float64Array(rows.length).fill(Number.NaN));
  const sums = { calls: columns(), puts: columns(), callsPremium: columns(), putsPremium: columns() };
  const from = {
    calls: inferred ? cells.callSold : cells.callVolume,
    puts: inferred ? cells.putSold : cells.putVolume,
    callsPremium: inferred ? cells.callSoldPremium : cells.callPremium,
    putsPremium: inferred ? cells.putSoldPremium : cells.putPremium,
  };
  forEachBar(cells, rows, (row, first, end) => {
    const anchorSteps = roundHalfEven(rows.previousClose[row]! / strikeStep);
    if (Number.isNaN(anchorSteps) || (inferred && !(classifiedShare(cells, first, end) >= minClassifiedShare))) return;
    for (const columnsOfSum of Object.values(sums)) for (const column of columnsOfSum) column[row] = 0;
    for (let cell = first; cell < end; cell++) {
      const distance = cells.strike[cell]! / strikeStep - anchorSteps;
      const place = Math.round(distance) + distanceMax;
      if (Math.abs(distance - Math.round(distance)) > 1e-9 || place < 0 || place > 2 * distanceMax) continue;
      sums.calls[place]![row]! += from.calls[cell]!;
      sums.puts[place]![row]! += from.puts[cell]!;
      sums.callsPremium[place]![row]! += from.callsPremium[cell]!;
      sums.putsPremium[place]![row]! += from.putsPremium[cell]!;
    }
  });
  return sums;
}

/** Share of a bar's volume whose side is known; NaN when sides are not known at all. */
export function classifiedShare(cells: FlowCells, first: number, end: number): number {
  let signed = 0;
  let volume = 0;
  for (let cell = first; cell < end; cell++) {
    signed += cells.callBought[cell]! + cells.callSold[cell]! + cells.putBought[cell]! + cells.putSold[cell]!;
    volume += cells.callVolume[cell]! + cells.putVolume[cell]!;
  }
  return signed / volume;
}

/**
 * Calls `visit` with the half-open range of cells of each row's bar; rows without cells are left out.
 *
 * @throws DATA_INVALID when the rows do not ascend
 */
export function forEachBar(
  cells: FlowCells,
  rows: Pick<FlowRows, "length" | "barStart">,
  visit: (row: number, first: number, end: number) => void,
): void {
  let first = 0;
  for (let row = 0; row < rows.length; row++) {
    const start = rows.barStart[row]!;
    if (row > 0 && !(start > rows.barStart[row - 1]!)) {
      throw new SigmaError(
        "DATA_INVALID",
        `Option flow of ${cells.underlying}: the bars must ascend; row ${row} does not. Sort them by time.`,
        { row },
      );
    }
    while (first < cells.length && cells.barStart[first]! < start) first++;
    let end = first;
    while (end < cells.length && cells.barStart[end] === start) end++;
    if (end > first) visit(row, first, end);
    first = end;
  }
}
