import { type Matrix, mapColumns } from "./matrix.ts";

/** Rows `from` (in) to `to` (out) of a matrix, under the same info. Arrays are views, not copies. */
export function sliceMatrix(matrix: Matrix, from: number, to: number): Matrix {
  return mapColumns(matrix, to - from, (column) => column.subarray(from, to));
}

/** The rows of these numbers, in this order, under the same info. */
function pickRows(matrix: Matrix, rows: Int32Array): Matrix {
  return mapColumns(matrix, rows.length, (column) => {
    const out = new Float64Array(rows.length);
    for (let i = 0; i < out.length; i++) out[i] = column[rows[i]!]!;
    return out;
  });
}

/** The rows that a rule keeps; the matrix itself when it keeps all. */
export function filterRows(matrix: Matrix, keep: (row: number) => boolean): Matrix {
  const kept = Int32Array.from({ length: matrix.rows }, (_, row) => row).filter(keep);
  return kept.length === matrix.rows ? matrix : pickRows(matrix, kept);
}
