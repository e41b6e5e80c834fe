import { gunzipSync } from "node:zlib";
import { SigmaError } from "../../errors/sigma-error.ts";
import { createLineSplitter, splitCells } from "./csv-lines.ts";
import { type FieldPositions, locateFields } from "./field-map.ts";
import type { FieldMap, FieldSpecs, SourceTable, TableFormat } from "./source-table.ts";
import { type CellValue, createTableBuilder, type TableBuilder } from "./table-builder.ts";
import { type StampReader, stampFormats, stampReader } from "./time-stamp.ts";

/** Largest file that is read, in bytes, after decompression. */
export const MAX_SOURCE_BYTES = 512 * 1024 * 1024;

/** Reads a CSV file that arrives in chunks. */
export interface CsvTableReader<F extends string> {
  /** @throws DATA_INVALID when the header lacks a column, a line is too long or the file is larger than 512 MB */
  push(chunk: Uint8Array): void;
  /** @throws DATA_INVALID when the file is empty */
  finish(): SourceTable<F>;
}

/**
 * Reads a CSV file that is at hand as a whole, plain or compressed by gzip.
 *
 * @throws DATA_INVALID as the reader does
 * @throws INVALID_PARAM when no time zone has the name given
 */
export function readCsvTable<F extends string>(
  source: Uint8Array | string,
  specs: FieldSpecs<F>,
  format: TableFormat,
  map: FieldMap<F> = {},
): SourceTable<F> {
  const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
  const reader = createCsvTableReader(specs, format, map);
  reader.push(isGzip(bytes) ? gunzip(bytes, format.name) : bytes);
  return reader.finish();
}

/**
 * A reader of one CSV file: a header line, then one row a line. Comma, semicolon, tab or bar separate cells (the header tells
 * which); numbers have a decimal point; blank lines are skipped.
 *
 * @throws INVALID_PARAM when no time zone has the name given
 */
export function createCsvTableReader<F extends string>(
  specs: FieldSpecs<F>,
  format: TableFormat,
  map: FieldMap<F> = {},
): CsvTableReader<F> {
  const { name } = format;
  const readStamp = stampReader(format);
  let table: OpenTable<F> | undefined;
  let size = 0;

  const splitter = createLineSplitter(name, (line, lineNumber) => {
    if (line.trim() === "") return;
    if (table === undefined) table = readHeader(lineNumber === 1 ? line.replace(/^\uFEFF/, "") : line, { specs, format, map, readStamp });
    else readRow(table, line, lineNumber);
  });

  return {
    push(chunk) {
      size += chunk.length;
      if (size > MAX_SOURCE_BYTES) throw tooLarge(name);
      splitter.push(chunk);
    },
    finish() {
      splitter.end();
      if (table === undefined) {
        throw new SigmaError("DATA_INVALID", `${name}: expected a header line and one row a line, found an empty file.`, {
          source: name,
          faults: 1,
        });
      }
      return table.builder.finish();
    },
  };
}

interface ReaderParts<F extends string> {
  readonly specs: FieldSpecs<F>;
  readonly format: TableFormat;
  readonly map: FieldMap<F>;
  readonly readStamp: StampReader;
}

interface OpenTable<F extends string> extends ReaderParts<F> {
  readonly delimiter: string;
  readonly columns: readonly string[];
  readonly positions: FieldPositions<F>;
  readonly builder: TableBuilder<F>;
}

function readHeader<F extends string>(line: string, parts: ReaderParts<F>): OpenTable<F> {
  const { specs, format, map } = parts;
  const delimiter = format.delimiter ?? [",", ";", "\t", "|"].find((candidate) => line.includes(candidate)) ?? ",";
  const columns = splitCells(line, delimiter) ?? [];
  const positions = locateFields(format.name, columns, specs, map);
  const builder = createTableBuilder({ name: format.name, place: "line", specs, positions, columns });
  return { ...parts, delimiter, columns, positions, builder };
}

function readRow<F extends string>(table: OpenTable<F>, line: string, lineNumber: number): void {
  const { builder, columns, delimiter } = table;
  const cells = splitCells(line, delimiter);
  if (cells === undefined || cells.length !== columns.length) {
    const found = cells === undefined ? "a quote that is not closed" : `"${cells.length}"`;
    builder.fault(lineNumber, columns[columns.length - 1]!, `expected "${columns.length}" cells, found ${found}`);
    return;
  }
  builder.row(lineNumber, (field) => readCell(table, field, cells[table.positions[field]!]!, lineNumber));
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function readCell<F extends string>(table: OpenTable<F>, field: F, text: string, lineNumber: number): CellValue {
  const { specs, format, builder, columns, positions } = table;
  const { kind, mayBeEmpty } = specs[field];
  const isEmpty = text === "" || (format.emptyCells?.includes(text) ?? false);
  if (isEmpty && mayBeEmpty) return kind === "text" ? "" : kind === "number" ? Number.NaN : { utcMs: Number.NaN, date: null };
  if (!isEmpty) {
    if (kind === "text") return text;
    if (kind === "number" && NUMBER.test(text)) return Number(text);
    const stamp = kind === "time" ? table.readStamp(text) : undefined;
    if (stamp !== undefined) return stamp;
  }
  const expected = kind === "time" ? `a time (${stampFormats(format.dates)})` : kind === "number" ? "a number" : "a text";
  const found = isEmpty && text === "" ? "an empty cell" : JSON.stringify(text.slice(0, 40));
  builder.fault(lineNumber, columns[positions[field]!]!, `expected ${expected}, found ${found}`);
  return undefined;
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

function gunzip(bytes: Uint8Array, name: string): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_SOURCE_BYTES });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(name);
    throw new SigmaError(
      "DATA_INVALID",
      `${name}: the file starts like gzip but cannot be decompressed. Compress it again.`,
      { source: name },
      { cause },
    );
  }
}

function tooLarge(name: string): SigmaError {
  return new SigmaError(
    "DATA_INVALID",
    `${name}: the file is larger than ${MAX_SOURCE_BYTES / 1024 / 1024} MB when decompressed. Split it.`,
    {
      source: name,
    },
  );
}
