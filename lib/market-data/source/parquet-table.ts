import { type FileMetaData, parquetMetadata, parquetRead, type SchemaElement } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { parquetFooter, parquetSource } from "../../core/parquet-source.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import { locateFields } from "./field-map.ts";
import type { CellKind, FieldMap, FieldSpecs, SourceTable, TableFormat } from "./source-table.ts";
import { type CellValue, createTableBuilder } from "./table-builder.ts";
import { epochStamp, type StampReader, stampFormats, stampReader, type TimeStamp, wallStamp } from "./time-stamp.ts";

/** Most rows that are read from one file. */
const MAX_SOURCE_ROWS = 20_000_000;

/**
 * Reads a user's Parquet file. Times may be timestamps (those not adjusted to UTC are wall clock in the zone), dates, epochs or
 * text as in CSV; numbers any numeric type; null is an empty cell.
 *
 * Damaged files can make the reader run very long: call this where time and memory are limited.
 *
 * @throws DATA_INVALID saying which column is missing or why the file cannot be read
 * @throws INVALID_PARAM when no time zone has the name given
 */
export async function readParquetTable<F extends string>(
  bytes: Uint8Array,
  specs: FieldSpecs<F>,
  format: TableFormat,
  map: FieldMap<F> = {},
): Promise<SourceTable<F>> {
  const { name, timezone = "America/New_York", emptyCells = [] } = format;
  const readStamp = stampReader(format);
  const metadata = readMetadata(bytes, name);
  const schema = metadata.schema.slice(1);
  const columnNames = schema.map((element) => element.name);
  const positions = locateFields(name, columnNames, specs, map);
  const builder = createTableBuilder({ name, place: "row", specs, positions, columns: columnNames });
  const wanted = builder.fields.map((field) => columnNames[positions[field]!]!);
  const columns = await readColumns(bytes, metadata, name, wanted);
  const cellReaders = new Map(
    builder.fields.map((field, i) => {
      const cells = columns.get(wanted[i]!)!;
      const element = schema[positions[field]!]!;
      return [field, { cells, read: cellReader(specs[field].kind, { element, timezone, readStamp }) }] as const;
    }),
  );

  for (let row = 0; row < Number(metadata.num_rows); row++) {
    builder.row(row + 1, (field) => {
      const { cells, read } = cellReaders.get(field)!;
      const cell = cells[row];
      const isEmpty = cell == null || cell === "" || (typeof cell === "string" && emptyCells.includes(cell));
      if (isEmpty && specs[field].mayBeEmpty) return EMPTY[specs[field].kind];
      const value = isEmpty ? undefined : read(cell);
      if (value === undefined) builder.fault(row + 1, columnNames[positions[field]!]!, issueOf(specs[field].kind, format, cell));
      return value;
    });
  }
  return builder.finish();
}

const EMPTY: Readonly<Record<CellKind, CellValue>> = { number: Number.NaN, text: "", time: { utcMs: Number.NaN, date: null } };

interface TimeColumnSource {
  readonly element: SchemaElement;
  readonly timezone: string;
  readonly readStamp: StampReader;
}

function cellReader(kind: CellKind, column: TimeColumnSource): (cell: unknown) => CellValue {
  if (kind === "time") return timeReader(column);
  if (kind === "text") return (cell) => (typeof cell === "object" ? undefined : String(cell).trim());
  return (cell) => (typeof cell === "number" ? cell : typeof cell === "bigint" ? Number(cell) : undefined);
}

/** How the cells of a time column become stamps. */
function timeReader({ element, timezone, readStamp }: TimeColumnSource): (cell: unknown) => TimeStamp | undefined {
  const isWallClock = element.logical_type?.type === "TIMESTAMP" && !element.logical_type.isAdjustedToUTC;
  const isDate = element.logical_type?.type === "DATE" || element.converted_type === "DATE";
  return (cell) => {
    if (cell instanceof Date) {
      const ms = cell.getTime();
      if (Number.isNaN(ms)) return undefined;
      return isWallClock || isDate ? wallStamp(ms, timezone) : epochStamp(ms);
    }
    if (typeof cell === "bigint" || typeof cell === "number") return readStamp(String(cell));
    return typeof cell === "string" ? readStamp(cell.trim()) : undefined;
  };
}

function issueOf(kind: CellKind, { dates }: TableFormat, cell: unknown): string {
  const expected = { number: "a number", text: "a text", time: `a time (a timestamp, a date, or ${stampFormats(dates)})` }[kind];
  return `expected ${expected}, found ${shown(cell)}`;
}

function readMetadata(bytes: Uint8Array, name: string): FileMetaData {
  let metadata: FileMetaData;
  try {
    metadata = parquetMetadata(parquetFooter(bytes));
  } catch (cause) {
    throw unreadable(name, "it has no readable Parquet footer", cause);
  }
  if (metadata.schema.slice(1).some((element) => (element.num_children ?? 0) > 0)) {
    throw unreadable(name, "it has nested columns; expected a flat table");
  }
  const rows = Number(metadata.num_rows);
  if (!(rows >= 0 && rows <= MAX_SOURCE_ROWS)) throw unreadable(name, `it claims "${rows}" rows; at most ${MAX_SOURCE_ROWS} are read`);
  return metadata;
}

async function readColumns(
  bytes: Uint8Array,
  metadata: FileMetaData,
  name: string,
  wanted: readonly string[],
): Promise<Map<string, unknown[]>> {
  const rows = Number(metadata.num_rows);
  const columns = new Map<string, unknown[]>(wanted.map((column) => [column, []]));
  try {
    await parquetRead({
      file: parquetSource(bytes),
      metadata,
      columns: [...new Set(wanted)],
      compressors,
      parsers: {
        timestampFromMilliseconds: (millis: bigint | null) => (millis == null ? null : new Date(Number(millis))),
        timestampFromMicroseconds: (micros: bigint | null) => (micros == null ? null : new Date(Number(micros / 1000n))),
        timestampFromNanoseconds: (nanos: bigint | null) => (nanos == null ? null : new Date(Number(nanos / 1_000_000n))),
        dateFromDays: (days: number | null) => (days == null ? null : new Date(days * 86_400_000)),
      },
      onChunk({ columnName, columnData, rowStart }) {
        const column = columns.get(columnName);
        if (column !== undefined) for (let i = 0; i < columnData.length; i++) column[rowStart + i] = columnData[i];
      },
    });
  } catch (cause) {
    throw unreadable(name, "its pages are damaged or packed in a way that cannot be read", cause);
  }
  for (const [column, values] of columns) {
    if (values.length !== rows) throw unreadable(name, `column "${column}" has "${values.length}" of "${rows}" values`);
  }
  return columns;
}

function shown(value: unknown): string {
  if (value == null) return "an empty cell";
  return JSON.stringify(value instanceof Date || typeof value === "object" ? String(value).slice(0, 40) : `${value}`.slice(0, 40));
}

function unreadable(name: string, issue: string, cause?: unknown): SigmaError {
  return new SigmaError(
    "DATA_INVALID",
    `${name}: the Parquet file cannot be read: ${issue}. Write it again, or bring a CSV.`,
    { source: name },
    { cause },
  );
}
