import { zstdDecompressSync } from "node:zlib";
import { parquetMetadata, parquetRead, type SchemaElement } from "hyparquet";
import { SigmaError } from "../errors/sigma-error.ts";
import { parquetFooter, parquetSource } from "./parquet-source.ts";
import { dateOfDayNumber } from "./time.ts";

/**
 * `double` keeps every bit but a NaN's payload; `time` is UTC milliseconds (NaN = null), `date` a number such as 20240701,
 * `text` an index into the column's words.
 */
export type TableColumnType = "double" | "int32" | "time" | "date" | "text";

export interface TableColumn {
  readonly name: string;
  readonly type: TableColumnType;
  readonly values: Float64Array;
  /** Of a text column: the words that the values index. */
  readonly words?: readonly string[];
}

export interface Table {
  readonly rows: number;
  readonly columns: readonly TableColumn[];
  /** Key-value metadata of the file. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads a file that `writeTable` wrote. Parquet readers accept damaged bytes silently: verify the file's digest first.
 *
 * @param names - columns to read, in this order; all when left out
 * @throws ARTIFACT_CORRUPT when the bytes are no Parquet file of this form
 * @throws INVALID_PARAM when a named column is not in the file
 */
export async function readTable(bytes: Uint8Array, names?: readonly string[]): Promise<Table> {
  const metadata = refuse("footer", () => parquetMetadata(parquetFooter(bytes)));
  const rows = Number(metadata.num_rows);
  const stored = metadata.schema.slice(1).map((element) => ({ name: element.name, type: columnType(element) }));
  const wanted = (names ?? stored.map((column) => column.name)).map((name) => {
    const column = stored.find((candidate) => candidate.name === name);
    if (!column) throw new SigmaError("INVALID_PARAM", `The file has no column "${name}".`, { column: name });
    return { ...column, values: new Float64Array(rows), ...(column.type === "text" ? { words: [] as string[] } : {}) };
  });
  const byName = new Map(wanted.map((column) => [column.name, column]));
  const filled = new Map<string, number>();

  try {
    await parquetRead({
      file: parquetSource(bytes),
      metadata,
      columns: [...byName.keys()],
      compressors: {
        ZSTD: (input, outputLength) => new Uint8Array(zstdDecompressSync(input, { maxOutputLength: Math.max(outputLength, 1) })),
      },
      parsers: {
        timestampFromMicroseconds: (micros: bigint | null) => (micros == null ? null : Number(micros) / 1000),
        dateFromDays: dateOfDayNumber,
      },
      onChunk({ columnName, columnData, rowStart }) {
        const column = byName.get(columnName);
        if (!column) return;
        filled.set(columnName, (filled.get(columnName) ?? 0) + columnData.length);
        if (column.words) readWords(columnData, column.words, column.values, rowStart);
        else if (columnData instanceof Float64Array || columnData instanceof Int32Array) column.values.set(columnData, rowStart);
        else for (let i = 0; i < columnData.length; i++) column.values[rowStart + i] = columnData[i] ?? Number.NaN;
      },
    });
  } catch (cause) {
    throw corrupt("pages", cause);
  }
  for (const { name } of wanted) {
    if ((filled.get(name) ?? 0) !== rows) throw corrupt(`column "${name}"`, `"${filled.get(name) ?? 0}" of "${rows}" values`);
  }
  const keyValues = Object.fromEntries((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ""]));
  return { rows, columns: wanted, metadata: keyValues };
}

function columnType({ name, type, logical_type, converted_type }: SchemaElement): TableColumnType {
  if (type === "DOUBLE") return "double";
  if (logical_type?.type === "DATE" || converted_type === "DATE") return "date";
  if (type === "INT32") return "int32";
  if (type === "BYTE_ARRAY" && (logical_type?.type === "STRING" || converted_type === "UTF8")) return "text";
  if (type === "INT64" && logical_type?.type === "TIMESTAMP" && logical_type.unit === "MICROS") return "time";
  throw corrupt(`column "${name}"`, `type "${type}"`);
}

/** Puts the words of a chunk into the column's list, in the order of their first appearance, and their indices into its values. */
function readWords(chunk: ArrayLike<unknown>, words: string[], values: Float64Array, rowStart: number): void {
  const known = new Map(words.map((word, index) => [word, index]));
  for (let i = 0; i < chunk.length; i++) {
    const word = String(chunk[i]);
    let index = known.get(word);
    if (index === undefined) {
      index = words.push(word) - 1;
      known.set(word, index);
    }
    values[rowStart + i] = index;
  }
}

function refuse<T>(part: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw corrupt(part, cause);
  }
}

function corrupt(part: string, cause: unknown): SigmaError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SigmaError(
    "ARTIFACT_CORRUPT",
    `The Parquet file cannot be read: its ${part} is damaged or of another form (${reason}).`,
    {},
    { cause },
  );
}
