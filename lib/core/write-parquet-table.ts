import { constants, zstdCompressSync } from "node:zlib";
import type { SchemaElement } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { canonicalNaN } from "./canonical-nan.ts";
import type { Table, TableColumn } from "./parquet-table.ts";
import { dayNumberOf } from "./time.ts";

const ROW_GROUP = 131_072;

/**
 * Writes columns as one Parquet file: ZSTD, required columns (`time` may be null), timestamps in UTC microseconds.
 * NaNs are written with one bit pattern, so that equal tables give equal bytes on every processor.
 */
export function writeTable({ rows, columns, metadata }: Table): Uint8Array {
  for (const column of columns) {
    if (column.values.length !== rows)
      throw new TypeError(`Column "${column.name}" has "${column.values.length}" values; the table has "${rows}" rows.`);
  }
  const buffer = parquetWriteBuffer({
    schema: [{ name: "table", num_children: columns.length }, ...columns.map(schemaElement)],
    columnData: columns.map((column) => ({ name: column.name, data: physical(column), encoding: "PLAIN", offsetIndex: false })),
    codec: "ZSTD",
    compressors: { ZSTD: (input) => zstdCompressSync(input, { params: { [constants.ZSTD_c_compressionLevel]: 1 } }) },
    rowGroupSize: ROW_GROUP,
    pageSize: ROW_GROUP * 8,
    statistics: false,
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    createdBy: "sigma-lab",
  });
  return new Uint8Array(buffer);
}

function schemaElement({ name, type }: TableColumn): SchemaElement {
  switch (type) {
    case "double":
      return { name, type: "DOUBLE", repetition_type: "REQUIRED" };
    case "int32":
      return { name, type: "INT32", repetition_type: "REQUIRED" };
    case "date":
      return { name, type: "INT32", repetition_type: "REQUIRED", converted_type: "DATE", logical_type: { type: "DATE" } };
    case "text":
      return { name, type: "BYTE_ARRAY", repetition_type: "REQUIRED", converted_type: "UTF8", logical_type: { type: "STRING" } };
    case "time":
      return {
        name,
        type: "INT64",
        repetition_type: "OPTIONAL",
        logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" },
      };
  }
}

function physical({ name, type, values, words = [] }: TableColumn): Float64Array | Int32Array | (bigint | null)[] | string[] {
  switch (type) {
    case "double":
      return canonicalNaN(values);
    case "date":
      return Int32Array.from(values, dayNumberOf);
    case "int32":
      return Int32Array.from(values, (value) => {
        if ((value | 0) !== value) throw new TypeError(`Column "${name}" holds "${value}", which is no 32-bit integer.`);
        return value;
      });
    case "text":
      return Array.from(values, (index) => {
        const word = words[index];
        if (word === undefined) throw new TypeError(`Column "${name}" indexes the word "${index}" of "${words.length}".`);
        return word;
      });
    case "time":
      return Array.from(values, (value) => (Number.isNaN(value) ? null : BigInt(value) * 1000n));
  }
}
