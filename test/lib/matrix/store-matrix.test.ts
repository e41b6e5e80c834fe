import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { canonicalNaN } from "#lib/core/canonical-nan.ts";
import { readTable, type TableColumn } from "#lib/core/parquet-table.ts";
import { writeTable } from "#lib/core/write-parquet-table.ts";
import { buildMatrix, matrixOf, prepareMatrix } from "#lib/matrix/build-matrix.ts";
import { contentDigest } from "#lib/matrix/content-digest.ts";
import { decodeColumns, decodeMatrix } from "#lib/matrix/decode-matrix.ts";
import { encodeMatrix } from "#lib/matrix/encode-matrix.ts";
import { checkLeakage } from "#lib/matrix/leakage.ts";
import { loadMatrix } from "#lib/matrix/load-matrix.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { barsOnly } from "#lib/matrix/matrix-data.ts";
import { assessQuality } from "#lib/matrix/quality/assess-quality.ts";
import { type MatrixReports, storeMatrix } from "#lib/matrix/store-matrix.ts";
import { findManifest, loadManifest, matrixKeys } from "#lib/matrix/stored-manifest.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import { randomSeries, specOf } from "./fixtures.ts";

const series = randomSeries({ bars: 150, actions: true });
const spec = specOf({ features: { time: { day_of_week: true }, custom: { include: [], exclude: [] } } });
const source = prepareMatrix(spec, barsOnly(series));
const matrix = matrixOf(spec, source);
const reports: MatrixReports = {
  spec,
  quality: assessQuality(spec, matrix, source.data),
  leakage: await checkLeakage(spec, source.data, source.table),
  forced: [],
};

const bits = (column: Float64Array): string => Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString("hex");

const FIELDS = [
  "ts",
  "barStart",
  "sessionDate",
  "hourEt",
  "dayOfWeek",
  "open",
  "high",
  "low",
  "close",
  "volume",
  "factor",
  "y",
  "retFwd",
  "t1",
] as const;

function expectSameBits(found: Matrix, expected: Matrix): void {
  expect(found.info).toEqual(expected.info);
  expect(found.rows).toBe(expected.rows);
  for (const field of FIELDS)
    expect(`${field} ${bits(canonicalNaN(found[field]))}`).toBe(`${field} ${bits(canonicalNaN(expected[field]))}`);
  expect(found.features.map(bits)).toEqual(expected.features.map((column) => bits(canonicalNaN(column))));
}

describe("writeTable", () => {
  const special = [
    0,
    -0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.MIN_VALUE,
    -Number.MIN_VALUE,
    Number.MAX_VALUE,
    Number.EPSILON,
    0.1 + 0.2,
  ];

  it("round-trips every bit of every double, -0 and the subnormals included", async () => {
    const anyDouble = fc.oneof({ weight: 1, arbitrary: fc.constantFrom(...special) }, { weight: 3, arbitrary: fc.double() });
    await fc.assert(
      fc.asyncProperty(fc.array(anyDouble, { minLength: 1, maxLength: 300 }), async (values) => {
        const column: TableColumn = { name: "x", type: "double", values: Float64Array.from(values) };
        const table = await readTable(writeTable({ rows: values.length, columns: [column], metadata: {} }));
        expect(bits(table.columns[0]!.values)).toBe(bits(canonicalNaN(column.values)));
      }),
    );
  });

  it("writes NaNs of any payload as the one quiet NaN", async () => {
    const values = new Float64Array(3);
    new BigUint64Array(values.buffer).set([0xfff8000000000000n, 0x7ff8dead0000beefn, 0x3ff0000000000000n]);
    const table = await readTable(writeTable({ rows: 3, columns: [{ name: "x", type: "double", values }], metadata: {} }));
    expect(Array.from(new BigUint64Array(table.columns[0]!.values.buffer))).toEqual([
      0x7ff8000000000000n,
      0x7ff8000000000000n,
      0x3ff0000000000000n,
    ]);
  });

  it("keeps times in milliseconds, unknown times, dates, integers and metadata, across row groups", async () => {
    const rows = 140_000;
    const of = (make: (i: number) => number): Float64Array => Float64Array.from({ length: rows }, (_, i) => make(i));
    const columns: TableColumn[] = [
      { name: "t", type: "time", values: of((i) => (i % 7 === 3 ? Number.NaN : Date.UTC(2024, 0, 1) + i * 60_000)) },
      { name: "d", type: "date", values: of((i) => 20240101 + (i % 28)) },
      { name: "n", type: "int32", values: of((i) => i - 70_000) },
      { name: "x", type: "double", values: of((i) => Math.sqrt(i)) },
    ];
    const table = await readTable(writeTable({ rows, columns, metadata: { note: "München", empty: "" } }));
    expect(table.metadata).toEqual({ note: "München", empty: "" });
    expect(table.columns.map(({ name, type }) => ({ name, type }))).toEqual(columns.map(({ name, type }) => ({ name, type })));
    for (const [i, { values }] of table.columns.entries())
      expect(Buffer.compare(Buffer.from(values.buffer), Buffer.from(columns[i]!.values.buffer))).toBe(0);
  });

  it("refuses columns of another length and fractions in integer columns", () => {
    expect(() => writeTable({ rows: 2, columns: [{ name: "x", type: "double", values: new Float64Array(3) }], metadata: {} })).toThrowError(
      /"3" values/,
    );
    expect(() => writeTable({ rows: 1, columns: [{ name: "x", type: "int32", values: Float64Array.of(1.5) }], metadata: {} })).toThrowError(
      /"1.5"/,
    );
  });
});

describe("readTable", () => {
  const bytes = writeTable({ rows: 2, columns: [{ name: "x", type: "double", values: Float64Array.of(1, 2) }], metadata: {} });
  it("refuses what is no Parquet file and a column that is not there", async () => {
    await expect(readTable(new Uint8Array(5))).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
    await expect(readTable(new TextEncoder().encode("not a parquet file at all"))).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
    await expect(readTable(bytes.slice(0, bytes.length - 20))).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
    await expect(readTable(bytes, ["y"])).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });
});

describe("decodeMatrix", () => {
  it("returns the matrix that was encoded, bit for bit", async () => {
    expectSameBits(await decodeMatrix(encodeMatrix(matrix)), matrix);
  });
  it("writes equal bytes for equal matrices", () => {
    expect(Buffer.compare(encodeMatrix(matrix), encodeMatrix(buildMatrix(spec, barsOnly(series))))).toBe(0);
  });
  it("stores the weekday once, though it is key and feature", async () => {
    const table = await readTable(encodeMatrix(matrix));
    expect(table.columns.filter(({ name }) => name === "day_of_week")).toHaveLength(1);
    expect(JSON.parse(table.metadata["sigma.columns"]!)).toContainEqual({ name: "sma_3", group: "feature", unit: "price" });
  });
  it("refuses a Parquet file that is no matrix", async () => {
    const other = writeTable({ rows: 1, columns: [{ name: "x", type: "double", values: Float64Array.of(1) }], metadata: {} });
    await expect(decodeMatrix(other)).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
  });
});

describe("decodeColumns", () => {
  it("reads the columns asked for", async () => {
    const columns = await decodeColumns(encodeMatrix(matrix), ["ret_1", "close"]);
    expect([...columns.keys()]).toEqual(["ret_1", "close"]);
    expect(columns.get("close")).toEqual(matrix.close);
  });
});

describe("contentDigest", () => {
  it("is the same before and after storage, whatever the compression and the NaNs' payloads", async () => {
    const digest = contentDigest(matrix);
    expect(contentDigest(await decodeMatrix(encodeMatrix(matrix)))).toBe(digest);
    const odd = matrix.t1.slice();
    const words = new BigUint64Array(odd.buffer);
    odd.forEach((value, i) => {
      if (Number.isNaN(value)) words[i] = 0xfff8000000000001n;
    });
    expect(contentDigest({ ...matrix, t1: odd })).toBe(digest);
  });
  it("changes with one bit of one value, a column's name and a unit", () => {
    const digest = contentDigest(matrix);
    for (const field of FIELDS) {
      const changed = matrix[field].slice();
      changed[5] = changed[5]! === 0 || Number.isNaN(changed[5]!) ? 1 : changed[5]! * (1 + Number.EPSILON);
      expect(contentDigest({ ...matrix, [field]: changed })).not.toBe(digest);
    }
    const zero = matrix.volume.slice();
    zero[5] = 0;
    const minus = zero.slice();
    minus[5] = -0;
    expect(contentDigest({ ...matrix, volume: zero })).not.toBe(contentDigest({ ...matrix, volume: minus }));
    const features = matrix.info.features.map((feature, i) => (i === 0 ? { ...feature, unit: "ratio" } : feature));
    expect(contentDigest({ ...matrix, info: { ...matrix.info, features } })).not.toBe(digest);
  });
});

describe("storeMatrix", () => {
  const keys = matrixKeys("", matrix.info.matrixSha);

  it("stores file and manifest, and loads the same matrix back", async () => {
    const store = createMemoryArtifactStore();
    const manifest = await storeMatrix(store, "", matrix, reports);
    expect(manifest).toMatchObject({ matrix_sha: matrix.info.matrixSha, content_digest: contentDigest(matrix), rows: 150, forced: [] });
    const loaded = await loadMatrix(store, "", matrix.info.matrixSha);
    expect(loaded.manifest).toEqual(manifest);
    expectSameBits(loaded.matrix, matrix);
  });

  it("writes the manifest last", async () => {
    const store = createMemoryArtifactStore();
    const order: string[] = [];
    const watched: ArtifactStore = {
      ...store,
      put: (key, bytes, condition) => {
        order.push(key);
        return store.put(key, bytes, condition);
      },
    };
    await storeMatrix(watched, "", matrix, reports);
    expect(order).toEqual([keys.file, keys.manifest]);
  });

  it("changes nothing when the matrix is there", async () => {
    const store = createMemoryArtifactStore();
    const first = await storeMatrix(store, "", matrix, reports);
    const closed: ArtifactStore = { ...store, put: () => Promise.reject(new Error("nothing may be written")) };
    expect(await storeMatrix(closed, "", matrix, { ...reports, forced: ["stale_open"] })).toEqual(first);
  });

  it("keeps a user's matrices apart", async () => {
    const store = createMemoryArtifactStore();
    await storeMatrix(store, "owners/ann/", matrix, reports);
    expect(await findManifest(store, "", matrix.info.matrixSha)).toBeUndefined();
    expect(await findManifest(store, "owners/ann/", matrix.info.matrixSha)).toBeDefined();
  });

  it("finishes what an interrupted build left", async () => {
    const store = createMemoryArtifactStore();
    await store.put(keys.file, Uint8Array.of(1, 2, 3), "any");
    await expect(loadMatrix(store, "", matrix.info.matrixSha)).rejects.toMatchObject({ code: "ARTIFACT_NOT_FOUND" });
    await storeMatrix(store, "", matrix, reports);
    await expect(loadMatrix(store, "", matrix.info.matrixSha)).resolves.toBeDefined();
  });

  it("agrees with a build that stored the same matrix meanwhile", async () => {
    const store = createMemoryArtifactStore();
    const rival = await storeMatrix(store, "", matrix, reports);
    let heads = 0;
    const late = { ...store, head: async (key: string) => (heads++ === 0 ? undefined : store.head(key)) };
    expect(await storeMatrix(late, "", matrix, reports)).toEqual(rival);
  });

  it("refuses other numbers under the same name, and replaces them when told to", async () => {
    const store = createMemoryArtifactStore();
    await storeMatrix(store, "", matrix, reports);
    const close = matrix.close.slice();
    close[0] = 1;
    await expect(storeMatrix(store, "", { ...matrix, close }, reports)).rejects.toMatchObject({ code: "CONFLICT" });
    await storeMatrix(store, "", { ...matrix, close }, { ...reports, forced: ["price_sanity"] }, { replace: true });
    const loaded = await loadMatrix(store, "", matrix.info.matrixSha);
    expect(loaded.matrix.close[0]).toBe(1);
    expect(loaded.manifest.forced).toEqual(["price_sanity"]);
  });

  it("refuses names that are no digest", async () => {
    const store = createMemoryArtifactStore();
    await expect(loadMatrix(store, "", "../../etc/passwd")).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });
});

describe("loadMatrix", () => {
  it("refuses a file with any byte changed, and says which matrix and what to do", async () => {
    const store = createMemoryArtifactStore();
    await storeMatrix(store, "", matrix, reports);
    const keys = matrixKeys("", matrix.info.matrixSha);
    const { bytes } = await store.get(keys.file);
    for (let k = 0; k < 50; k++) {
      const damaged = bytes.slice();
      const position = Math.floor((k * bytes.length) / 50);
      damaged[position] = damaged[position]! ^ (1 << (k % 8));
      await store.put(keys.file, damaged, "any");
      await expect(loadMatrix(store, "", matrix.info.matrixSha)).rejects.toMatchObject({
        code: "ARTIFACT_CORRUPT",
        message: expect.stringMatching(new RegExp(`"${matrix.info.matrixSha}" is damaged.*Build it again with force`)),
      });
    }
  });

  it("refuses a manifest that is no JSON, breaks its schema, names another matrix or other inputs", async () => {
    const store = createMemoryArtifactStore();
    await storeMatrix(store, "", matrix, reports);
    const sha = matrix.info.matrixSha;
    const keys = matrixKeys("", sha);
    const manifest = await loadManifest(store, "", sha);
    const broken = [
      "{",
      "{}",
      JSON.stringify({ ...manifest, matrix_sha: "0".repeat(64) }),
      JSON.stringify({ ...manifest, inputs: { ...manifest.inputs, symbol: "OTHER" } }),
    ];
    for (const text of broken) {
      await store.put(keys.manifest, new TextEncoder().encode(text), "any");
      await expect(loadMatrix(store, "", sha)).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
    }
  });

  it("refuses a file that was swapped with another matrix's, though its own digest holds", async () => {
    const store = createMemoryArtifactStore();
    const manifest = await storeMatrix(store, "", matrix, reports);
    const otherSpec = specOf({}, [{ name: "sma", window: 5 }]);
    const otherMatrix = buildMatrix(otherSpec, barsOnly(series));
    const other = await storeMatrix(store, "", otherMatrix, { ...reports, spec: otherSpec });
    const { bytes } = await store.get(matrixKeys("", otherMatrix.info.matrixSha).file);
    const keys = matrixKeys("", matrix.info.matrixSha);
    await store.put(keys.file, bytes, "any");
    await store.put(keys.manifest, new TextEncoder().encode(JSON.stringify({ ...manifest, file_sha256: other.file_sha256 })), "any");
    await expect(loadMatrix(store, "", matrix.info.matrixSha)).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
  });
});
