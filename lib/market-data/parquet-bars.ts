import { type FileMetaData, parquetMetadata, parquetRead, type SchemaElement } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { parquetFooter, parquetSource } from "../core/parquet-source.ts";
import { zoneOffsetMs } from "../core/time.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { type BarBuilder, type BarSourceOptions, createBarBuilder, type ParsedBars } from "./bar-builder.ts";
import type { BarColumn } from "./bar-checks.ts";
import { locateColumns } from "./column-map.ts";
import { epochStamp, readTimeStamp, STAMP_FORMATS, type TimeStamp, wallStamp } from "./time-stamp.ts";

/** Most rows that are read from one file. */
const MAX_SOURCE_ROWS = 20_000_000;

/**
 * Reads a user's Parquet file: one bar a row, in ascending time. Times may be timestamps (those not adjusted to UTC are
 * wall clock in the zone), dates, epochs or text as in CSV; numbers any numeric type; a null volume is unknown.
 *
 * Damaged files can make the reader run very long: call this where time and memory are limited.
 *
 * @throws DATA_INVALID naming row, column and found value, or saying why the file cannot be read
 * @throws INVALID_PARAM when no time zone has the name given
 */
export async function readParquetBars(bytes: Uint8Array, options: BarSourceOptions): Promise<ParsedBars> {
  const name = options.name ?? options.symbol;
  const zone = options.timezone ?? "America/New_York";
  zoneOffsetMs(zone, 0);
  const metadata = readMetadata(bytes, name);
  const schema = metadata.schema.slice(1);
  const positions = locateColumns(
    name,
    schema.map((element) => element.name),
    options.map,
  );
  const sourceName = (column: BarColumn): string => (positions[column] === null ? column : schema[positions[column]]!.name);
  const absent = (["volume", "factor"] as const).filter((column) => positions[column] === null);
  const builder = createBarBuilder({ ...options, name }, "row", sourceName, absent);

  const columns = await readColumns(bytes, metadata, name, [
    ...(["ts", "open", "high", "low", "close"] as const).map(sourceName),
    ...(positions.volume === null ? [] : [sourceName("volume")]),
    ...(positions.factor === null ? [] : [sourceName("factor")]),
  ]);
  const cells = (column: BarColumn): readonly unknown[] => columns.get(sourceName(column)) ?? [];
  const stampOf = stampReader(schema[positions.ts]!, zone);
  const [ts, open, high, low, close, volume, factor] = [
    cells("ts"),
    cells("open"),
    cells("high"),
    cells("low"),
    cells("close"),
    cells("volume"),
    cells("factor"),
  ];
  for (let i = 0; i < ts.length; i++) {
    const stamp = stampOf(ts[i]);
    if (stamp === undefined) {
      builder.fault(i + 1, sourceName("ts"), `expected a time (a timestamp, a date, or ${STAMP_FORMATS}), found ${shown(ts[i])}`);
      continue;
    }
    const number = (value: unknown, column: BarColumn): number => numberOf(value, i + 1, sourceName(column), builder);
    builder.add(i + 1, stamp, {
      open: number(open[i], "open"),
      high: number(high[i], "high"),
      low: number(low[i], "low"),
      close: number(close[i], "close"),
      volume: positions.volume === null || volume[i] == null ? Number.NaN : number(volume[i], "volume"),
      factor: positions.factor === null ? 1 : number(factor[i], "factor"),
    });
  }
  return builder.finish();
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

/** How the time column's cells become stamps. @returns a reader that gives undefined for what is no time */
function stampReader(element: SchemaElement, zone: string): (cell: unknown) => TimeStamp | undefined {
  const isWallClock = element.logical_type?.type === "TIMESTAMP" && !element.logical_type.isAdjustedToUTC;
  const isDate = element.logical_type?.type === "DATE" || element.converted_type === "DATE";
  return (cell) => {
    if (cell instanceof Date) {
      const ms = cell.getTime();
      if (Number.isNaN(ms)) return undefined;
      return isWallClock || isDate ? wallStamp(ms, zone) : epochStamp(ms);
    }
    if (typeof cell === "bigint" || typeof cell === "number") return readTimeStamp(String(cell), zone);
    return typeof cell === "string" ? readTimeStamp(cell.trim(), zone) : undefined;
  };
}

function numberOf(value: unknown, row: number, column: string, builder: BarBuilder): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  builder.fault(row, column, `expected a number, found ${shown(value)}`);
  return Number.NaN;
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
