import { formatDate } from "#lib/core/time.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { type MatrixColumn, matrixColumns } from "#lib/matrix/matrix-columns.ts";

/** The matrix as CSV: one line a row, times in ISO UTC, unknown values empty, numbers in full precision. */
export function matrixCsv(matrix: Matrix): string {
  const columns = matrixColumns(matrix);
  const lines = [columns.map(({ name }) => name).join(",")];
  for (let row = 0; row < matrix.rows; row += 1) lines.push(columns.map((column) => cell(column, row)).join(","));
  return `${lines.join("\n")}\n`;
}

function cell({ type, values }: MatrixColumn, row: number): string {
  const value = values[row]!;
  if (Number.isNaN(value)) return "";
  if (type === "time") return new Date(value).toISOString();
  return type === "date" ? formatDate(value) : String(value);
}
