import type { Matrix } from "./matrix.ts";

/** Rows `from` (in) to `to` (out) of a matrix, under the same info. Arrays are views, not copies. */
export function sliceMatrix(matrix: Matrix, from: number, to: number): Matrix {
  const cut = (column: Float64Array): Float64Array => column.subarray(from, to);
  return {
    info: matrix.info,
    rows: to - from,
    ts: cut(matrix.ts),
    barStart: cut(matrix.barStart),
    sessionDate: cut(matrix.sessionDate),
    hourEt: cut(matrix.hourEt),
    dayOfWeek: cut(matrix.dayOfWeek),
    open: cut(matrix.open),
    high: cut(matrix.high),
    low: cut(matrix.low),
    close: cut(matrix.close),
    volume: cut(matrix.volume),
    factor: cut(matrix.factor),
    features: matrix.features.map(cut),
    y: cut(matrix.y),
    retFwd: cut(matrix.retFwd),
    t1: cut(matrix.t1),
  };
}
