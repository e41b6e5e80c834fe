import { readTable, type TableColumn } from "../core/parquet-table.ts";
import { parseOr } from "../errors/parse.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { Matrix } from "./matrix.ts";
import { fixedColumns, SYMBOL_COLUMN } from "./matrix-columns.ts";
import { INFO_KEY, MatrixInfoSchema, matrixInfoFromDocument } from "./matrix-info.schema.ts";

/**
 * The matrix of a file that `encodeMatrix` wrote, bit for bit (NaN payloads are made equal on writing).
 * Verify the file's digest first: damaged Parquet bytes may read as wrong numbers.
 *
 * @throws ARTIFACT_CORRUPT when the bytes are no such file
 */
export async function decodeMatrix(bytes: Uint8Array): Promise<Matrix> {
  const { rows, columns, metadata } = await readTable(bytes);
  const info = matrixInfoFromDocument(
    parseOr("ARTIFACT_CORRUPT", MatrixInfoSchema, infoJson(metadata[INFO_KEY]), "The matrix file's info"),
  );
  const byName = new Map(columns.map((column) => [column.name, column.values]));
  const column = (name: string): Float64Array => {
    const values = byName.get(name);
    if (values) return values;
    throw new SigmaError(
      "ARTIFACT_CORRUPT",
      `The matrix file lacks the column "${name}" that its info names. Build the matrix again with force.`,
    );
  };
  const fixed = Object.fromEntries(fixedColumns().map(({ name, field }) => [field, column(name)]));
  return {
    info,
    rows,
    symbolIndex: symbolIndexOf(info.symbols, rows, columns),
    features: info.features.map(({ name }) => column(name)),
    ...(fixed as Record<ReturnType<typeof fixedColumns>[number]["field"], Float64Array>),
  };
}

/**
 * Some columns of a matrix file, without reading the others.
 *
 * @throws INVALID_PARAM when the file has no such column
 */
export async function decodeColumns(bytes: Uint8Array, names: readonly string[]): Promise<Map<string, Float64Array>> {
  const { columns } = await readTable(bytes, names);
  return new Map(columns.map((column) => [column.name, column.values]));
}

/** The index of each row's symbol in the info's list; the file lists its words in the order of their rows. */
function symbolIndexOf(symbols: readonly string[], rows: number, columns: readonly TableColumn[]): Float64Array {
  if (symbols.length === 1) return new Float64Array(rows);
  const column = columns.find(({ name }) => name === SYMBOL_COLUMN);
  const positions = column?.words?.map((word) => symbols.indexOf(word)) ?? [];
  if (column === undefined || positions.includes(-1))
    throw new SigmaError(
      "ARTIFACT_CORRUPT",
      "The matrix file does not say which symbol its rows are of. Build the matrix again with force.",
    );
  return column.values.map((index) => positions[index]!);
}

function infoJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch (cause) {
    throw new SigmaError("ARTIFACT_CORRUPT", `The Parquet file carries no "${INFO_KEY}": it is not a matrix.`, {}, { cause });
  }
}
