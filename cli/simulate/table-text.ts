import type { Table, TableColumn } from "#lib/core/parquet-table.ts";
import { formatDate } from "#lib/core/time.ts";

const ROWS_PER_CHUNK = 20_000;

/**
 * A table as CSV, piece by piece, so that a long one never stands in memory as text: times in ISO UTC, unknown values empty, numbers in
 * full precision, rights of options as C and P.
 */
export function* tableCsv({ rows, columns }: Table): Generator<string> {
  yield `${columns.map(({ name }) => name).join(",")}\n`;
  for (let from = 0; from < rows; from += ROWS_PER_CHUNK) {
    const lines: string[] = [];
    for (let row = from; row < Math.min(from + ROWS_PER_CHUNK, rows); row++)
      lines.push(columns.map((column) => cell(column, row)).join(","));
    yield `${lines.join("\n")}\n`;
  }
}

function cell({ name, type, values }: TableColumn, row: number): string {
  const value = values[row]!;
  if (name === "right") return value === 1 ? "C" : "P";
  if (Number.isNaN(value)) return "";
  if (type === "time") return new Date(value).toISOString();
  return type === "date" ? formatDate(value) : String(value);
}
