import { gunzipSync } from "node:zlib";
import { zoneOffsetMs } from "../core/time.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { type BarBuilder, type BarSourceOptions, createBarBuilder, type ParsedBars } from "./bar-builder.ts";
import type { BarColumn } from "./bar-checks.ts";
import { type ColumnPositions, locateColumns } from "./column-map.ts";
import { createLineSplitter, splitCells } from "./csv-lines.ts";
import { readTimeStamp, STAMP_FORMATS } from "./time-stamp.ts";

/** Largest file that is read, in bytes, after decompression. */
export const MAX_SOURCE_BYTES = 512 * 1024 * 1024;

/** Parses a CSV file that arrives in chunks. */
export interface CsvBarsParser {
  /** @throws DATA_INVALID when the header lacks a column, a line is too long or the file is larger than 512 MB */
  push(chunk: Uint8Array): void;
  /** @throws DATA_INVALID naming line, column and found value of each fault */
  finish(): ParsedBars;
}

/**
 * Parses a CSV file that is at hand as a whole, plain or compressed by gzip.
 *
 * @throws DATA_INVALID naming line, column and found value of each fault
 * @throws INVALID_PARAM when no time zone has the name given
 */
export function parseCsvBars(source: Uint8Array | string, options: BarSourceOptions): ParsedBars {
  const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
  const parser = createCsvBarsParser(options);
  parser.push(isGzip(bytes) ? gunzip(bytes, options.name ?? options.symbol) : bytes);
  return parser.finish();
}

/**
 * A parser for the bars of one CSV file: a header line, then one bar a line, in ascending time. Comma, semicolon or tab
 * separate cells (the header tells which); numbers have a decimal point; blank lines are skipped; an empty volume is
 * unknown.
 *
 * @throws INVALID_PARAM when no time zone has the name given
 */
export function createCsvBarsParser(options: BarSourceOptions): CsvBarsParser {
  const name = options.name ?? options.symbol;
  const zone = options.timezone ?? "America/New_York";
  zoneOffsetMs(zone, 0);
  let table: CsvTable | undefined;
  let size = 0;

  const splitter = createLineSplitter(name, (line, lineNumber) => {
    if (line.trim() === "") return;
    if (table === undefined) table = readHeader(lineNumber === 1 ? line.replace(/^\uFEFF/, "") : line, options, name);
    else readRow(table, line, lineNumber, zone);
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
        throw new SigmaError("DATA_INVALID", `${name}: expected a header line and one bar a line, found an empty file.`, {
          source: name,
          faults: 1,
        });
      }
      return table.builder.finish();
    },
  };
}

interface CsvTable {
  readonly delimiter: string;
  readonly columns: readonly string[];
  readonly positions: ColumnPositions;
  readonly builder: BarBuilder;
}

function readHeader(line: string, options: BarSourceOptions, name: string): CsvTable {
  const delimiter = [",", ";", "\t"].find((candidate) => line.includes(candidate)) ?? ",";
  const columns = splitCells(line, delimiter) ?? [];
  const positions = locateColumns(name, columns, options.map);
  const columnOf = (column: BarColumn): string => {
    const position = positions[column];
    return position === null ? column : columns[position]!;
  };
  const absent = (["volume", "factor"] as const).filter((column) => positions[column] === null);
  return { delimiter, columns, positions, builder: createBarBuilder({ ...options, name }, "line", columnOf, absent) };
}

function readRow(table: CsvTable, line: string, lineNumber: number, zone: string): void {
  const { builder, columns, positions } = table;
  const cells = splitCells(line, table.delimiter);
  if (cells === undefined || cells.length !== columns.length) {
    const found = cells === undefined ? "a quote that is not closed" : `"${cells.length}"`;
    builder.fault(lineNumber, columns[columns.length - 1]!, `expected "${columns.length}" cells, found ${found}`);
    return;
  }
  const stampText = cells[positions.ts]!;
  const stamp = readTimeStamp(stampText, zone);
  if (stamp === undefined) {
    builder.fault(lineNumber, columns[positions.ts]!, `expected a time (${STAMP_FORMATS}), found ${quoted(stampText)}`);
    return;
  }
  const open = readNumber(table, cells, positions.open, lineNumber);
  const high = readNumber(table, cells, positions.high, lineNumber);
  const low = readNumber(table, cells, positions.low, lineNumber);
  const close = readNumber(table, cells, positions.close, lineNumber);
  const noVolume = positions.volume === null || cells[positions.volume] === "";
  const volume = noVolume ? Number.NaN : readNumber(table, cells, positions.volume!, lineNumber);
  const factor = positions.factor === null ? 1 : readNumber(table, cells, positions.factor, lineNumber);
  // A cell that could not be read has been reported; the series is refused as a whole at the end.
  if (open === undefined || high === undefined || low === undefined || close === undefined) return;
  if (volume === undefined || factor === undefined) return;
  builder.add(lineNumber, stamp, { open, high, low, close, volume, factor });
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function readNumber(table: CsvTable, cells: readonly string[], position: number, lineNumber: number): number | undefined {
  const text = cells[position]!;
  if (NUMBER.test(text)) return Number(text);
  table.builder.fault(lineNumber, table.columns[position]!, `expected a number, found ${text === "" ? "an empty cell" : quoted(text)}`);
  return undefined;
}

const quoted = (text: string): string => JSON.stringify(text.slice(0, 40));

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
