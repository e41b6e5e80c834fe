import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayNumberOf } from "#lib/core/time.ts";
import { buildMatrix } from "#lib/matrix/build-matrix.ts";
import { encodeMatrix } from "#lib/matrix/encode-matrix.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { matrixColumns } from "#lib/matrix/matrix-columns.ts";
import { barsOnly, dataSources } from "#lib/matrix/matrix-data.ts";
import { matrixSpecOf } from "#lib/matrix/matrix-spec.ts";
import { prepareUniverse, universeMatrixOf } from "#lib/matrix/universe/build-universe.ts";
import { configOf, randomSeries, specOf } from "./fixtures.ts";

const TYPES = { double: "DOUBLE", int32: "INTEGER", time: "TIMESTAMP WITH TIME ZONE", date: "DATE", text: "VARCHAR" } as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sigma-parquet-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A matrix's file as another reader sees it. */
async function readElsewhere(matrix: Matrix, name: string) {
  const path = join(folder, `${name}.parquet`);
  writeFileSync(path, encodeMatrix(matrix));
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    // DuckDB quotes a path as any text: two quotes for one.
    const reader = await connection.runAndReadAll(`SELECT * FROM read_parquet('${path.replaceAll("'", "''")}')`);
    return {
      names: reader.columnNames(),
      types: reader.columnTypes().map(String),
      columns: reader.getColumns(),
      rows: reader.currentRowCount,
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** A value of the other reader as ours. */
function ours(value: DuckDBValue): number | string {
  if (value === null) return Number.NaN;
  if (typeof value === "number" || typeof value === "string") return value;
  if (typeof value === "object" && "micros" in value) return Number(value.micros) / 1000;
  if (typeof value === "object" && "days" in value) return Number(value.days);
  throw new TypeError(`The reader gave ${String(value)}.`);
}

async function mustReadAlike(matrix: Matrix, name: string): Promise<void> {
  const { names, types, columns, rows } = await readElsewhere(matrix, name);
  const expected = matrixColumns(matrix);
  expect(rows).toBe(matrix.rows);
  expect(names).toEqual(expected.map((column) => column.name));
  expect(types).toEqual(expected.map((column) => TYPES[column.type]));
  expected.forEach(({ name: column, type, values, words }, c) => {
    const wanted = Array.from(values, (value) => (words ? words[value]! : type === "date" ? dayNumberOf(value) : value));
    expect(columns[c]!.map(ours), column).toEqual(wanted);
  });
}

describe("a matrix's file in DuckDB", () => {
  it("has the same rows, types and values, unknown ones too", async () => {
    const entries = [{ name: "ema", window: 20 }, { name: "rsi" }, { name: "macd" }, { name: "zscore", carry_forward: true }];
    const series = randomSeries({ bars: 400, actions: true });
    const close = series.bars.close.map((price, row) => (row % 90 === 40 ? Number.NaN : price));
    const spec = specOf({ features: { time: { day_of_week: true }, custom: { include: [], exclude: [] } } }, entries);
    await mustReadAlike(buildMatrix(spec, barsOnly({ ...series, bars: { ...series.bars, close } })), "one");
  });

  it("tells the symbols of a universe apart", async () => {
    const data = ["AAA", "BBB"].map((symbol) => {
      const { bars, facts } = randomSeries({ bars: 120, seed: symbol });
      return barsOnly({ bars: { ...bars, symbol }, facts });
    });
    const members = ["AAA", "BBB"].map((symbol) => ({ symbol, stays: [{ from: null, to: null, delistingReturn: null }] }));
    const universe = { name: "two", stamps: [], members };
    const spec = matrixSpecOf(configOf(), [{ name: "ret" }], "TWO", data.flatMap(dataSources), universe);
    await mustReadAlike(universeMatrixOf(spec, prepareUniverse(spec, data)), "universe's");
  });
});
