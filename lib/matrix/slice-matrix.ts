import { type Matrix, mapColumns } from "./matrix.ts";

/** Rows `from` (in) to `to` (out) of a matrix, under the same info. Arrays are views, not copies. */
export function sliceMatrix(matrix: Matrix, from: number, to: number): Matrix {
  return mapColumns(matrix, to - from, (column) => column.subarray(from, to));
}
