import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { parquetMetadata, parquetRead, type SchemaElement } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { type Bars, CADENCES } from "../core/bars.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { SERIES_COLUMNS } from "./fingerprint.ts";
import { parquetFooter, parquetSource } from "./parquet-source.ts";

/** The file's form, stored as its key-value metadata. */
const FORM = "sigma-bars/1";
const ROW_GROUP = 131_072;

/**
 * Writes a series as Parquet: ZSTD, no nulls, times as UTC microseconds, numbers as float64 (unknown = NaN). Equal bars
 * give equal bytes on one release of Node; compare fingerprints, not files, across releases.
 */
export function encodeBars(bars: Bars): Uint8Array {
  const buffer = parquetWriteBuffer({
    schema: [{ name: "bars", num_children: SERIES_COLUMNS.length }, ...SERIES_COLUMNS.map(schemaElement)],
    columnData: SERIES_COLUMNS.map((name) => ({
      name,
      data: isTime(name) ? BigInt64Array.from(bars[name], (ms) => BigInt(ms) * 1000n) : Float64Array.from(bars[name]),
      encoding: "PLAIN",
      offsetIndex: false,
    })),
    codec: "ZSTD",
    compressors: { ZSTD: (input) => zstdCompressSync(input, { params: { [constants.ZSTD_c_compressionLevel]: 3 } }) },
    rowGroupSize: ROW_GROUP,
    statistics: false,
    kvMetadata: [
      { key: "form", value: FORM },
      { key: "symbol", value: bars.symbol },
      { key: "cadence", value: bars.cadence },
    ],
    createdBy: "sigma-lab",
  });
  return new Uint8Array(buffer);
}

/**
 * Reads what `encodeBars` wrote. Parquet readers accept damaged bytes silently: verify the file's digest first.
 *
 * @throws ARTIFACT_CORRUPT when the bytes are no such file
 */
export async function decodeBars(bytes: Uint8Array): Promise<Bars> {
  const metadata = readMetadata(bytes);
  const facts = new Map((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value]));
  const cadence = CADENCES.find((known) => known === facts.get("cadence"));
  const symbol = facts.get("symbol");
  if (facts.get("form") !== FORM || cadence === undefined || symbol === undefined) {
    throw corrupt(`expected the form "${FORM}", found "${facts.get("form") ?? "none"}"`);
  }
  const length = Number(metadata.num_rows);
  const columns = new Map(SERIES_COLUMNS.map((name) => [name as string, new Float64Array(length)]));
  let filled = 0;
  try {
    await parquetRead({
      file: parquetSource(bytes),
      metadata,
      compressors: { ZSTD: (input, size) => zstdDecompressSync(input, { maxOutputLength: Math.max(size, 1) }) },
      parsers: { timestampFromMicroseconds: (micros: bigint) => Number(micros) / 1000 },
      onChunk({ columnName, columnData, rowStart }) {
        const column = columns.get(columnName);
        if (column === undefined) return;
        filled += columnData.length;
        for (let i = 0; i < columnData.length; i++) column[rowStart + i] = columnData[i];
      },
    });
  } catch (cause) {
    throw corrupt("its pages cannot be read", cause);
  }
  if (filled !== length * SERIES_COLUMNS.length) throw corrupt(`expected "${length}" rows in each column`);
  const column = (name: string): Float64Array => columns.get(name)!;
  return {
    symbol,
    cadence,
    length,
    start: column("start"),
    end: column("end"),
    open: column("open"),
    high: column("high"),
    low: column("low"),
    close: column("close"),
    volume: column("volume"),
    factor: column("factor"),
  };
}

function readMetadata(bytes: Uint8Array): ReturnType<typeof parquetMetadata> {
  try {
    return parquetMetadata(parquetFooter(bytes));
  } catch (cause) {
    throw corrupt("it has no readable Parquet footer", cause);
  }
}

const isTime = (name: string): boolean => name === "start" || name === "end";

function schemaElement(name: string): SchemaElement {
  if (!isTime(name)) return { name, type: "DOUBLE", repetition_type: "REQUIRED" };
  return {
    name,
    type: "INT64",
    repetition_type: "REQUIRED",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" },
  };
}

function corrupt(issue: string, cause?: unknown): SigmaError {
  return new SigmaError("ARTIFACT_CORRUPT", `The stored bars cannot be read: ${issue}. Import the series again.`, {}, { cause });
}
