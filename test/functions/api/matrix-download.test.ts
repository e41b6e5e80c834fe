import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { wholeFile } from "#client/file-parts.ts";
import { createSend } from "#client/send.ts";
import { readTable } from "#lib/core/parquet-table.ts";
import { buildMatrix, prepareMatrix } from "#lib/matrix/build-matrix.ts";
import { checkLeakage } from "#lib/matrix/leakage.ts";
import type { Manifest } from "#lib/matrix/manifest.schema.ts";
import { barsOnly } from "#lib/matrix/matrix-data.ts";
import { assessQuality } from "#lib/matrix/quality/assess-quality.ts";
import { storeMatrix } from "#lib/matrix/store-matrix.ts";
import { matrixKeys } from "#lib/matrix/stored-manifest.ts";
import { randomSeries, specOf } from "../../lib/matrix/fixtures.ts";
import { apiHarness, type Harness } from "./support.ts";

const PART = 4 * 1024 * 1024;
const ANN = "owners/ann/";

const harnessOf = (mode: "local" | "cloud" = "local") =>
  apiHarness({ mode, owner: (context) => context.req.header("x-test-owner") ?? "ann" });

const spec = specOf();
const source = prepareMatrix(spec, barsOnly(randomSeries({ bars: 150 })));
const matrix = buildMatrix(spec, source.data);
let leakage: Awaited<ReturnType<typeof checkLeakage>>;

beforeAll(async () => {
  leakage = await checkLeakage(spec, source.data, source.table);
});

const store = ({ ports }: Harness, prefix = ANN): Promise<Manifest> =>
  storeMatrix(ports.artifacts, prefix, matrix, { spec, quality: assessQuality(spec, matrix, source.data), leakage, forced: [] });

const ask = ({ call }: Harness, sha: string, headers: Record<string, string> = {}) =>
  call("GET", `/v1/matrices/${sha}/download`, { headers });

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const bytesOf = async (response: Response): Promise<Uint8Array> => new Uint8Array(await response.arrayBuffer());

/** The same matrix with a file that no single answer of the cloud carries. */
async function withLargeFile(harness: Harness, size: number): Promise<{ readonly sha: string; readonly file: Uint8Array }> {
  const manifest = await store(harness);
  const file = Uint8Array.from({ length: size }, (_, i) => (i * 7919) >> 5);
  const keys = matrixKeys(ANN, manifest.matrix_sha);
  await harness.ports.artifacts.put(keys.file, file, "any");
  const told = { ...manifest, file_sha256: sha256(file), bytes: size };
  await harness.ports.artifacts.put(keys.manifest, new TextEncoder().encode(JSON.stringify(told)), "any");
  return { sha: manifest.matrix_sha, file };
}

describe("GET /matrices/{matrix_sha}/download", () => {
  it("gives the Parquet file with its name and its SHA-256 as ETag, and 304 to whom has it", async () => {
    const harness = harnessOf();
    const { matrix_sha, file_sha256, rows } = await store(harness);
    const response = await ask(harness, matrix_sha);
    expect([response.status, Object.fromEntries(response.headers)]).toMatchObject([
      200,
      {
        "content-type": "application/vnd.apache.parquet",
        "content-disposition": `attachment; filename="${matrix_sha}.parquet"`,
        "accept-ranges": "bytes",
        etag: `"${file_sha256}"`,
      },
    ]);
    const file = await bytesOf(response);
    expect(sha256(file)).toBe(file_sha256);
    expect((await readTable(file)).rows).toBe(rows);
    const again = await ask(harness, matrix_sha, { "if-none-match": `"${file_sha256}"` });
    expect([again.status, (await bytesOf(again)).byteLength]).toEqual([304, 0]);
  });

  it("gives what the owner has and what all share, and nothing of another owner", async () => {
    const harness = harnessOf();
    const { matrix_sha } = await store(harness);
    const bob = await ask(harness, matrix_sha, { "x-test-owner": "bob" });
    expect([bob.status, await bob.json()]).toMatchObject([404, { code: "NOT_FOUND", detail: `No matrix "${matrix_sha}".` }]);
    expect((await ask(harness, "0".repeat(64))).status).toBe(404);
    await store(harness, "");
    expect((await ask(harness, matrix_sha, { "x-test-owner": "bob" })).status).toBe(200);
  });

  it("refuses a damaged file instead of handing it out", async () => {
    const harness = harnessOf();
    const { matrix_sha } = await store(harness);
    await harness.ports.artifacts.put(matrixKeys(ANN, matrix_sha).file, new TextEncoder().encode("PAR1 no more"), "any");
    for (const headers of [{}, { range: "bytes=0-3" }]) {
      const response = await ask(harness, matrix_sha, headers);
      expect(((await response.json()) as { code: string }).code).toBe("ARTIFACT_CORRUPT");
    }
  });

  it("heeds Range as HTTP says it, with If-Range, and ignores what is no range", async () => {
    const harness = harnessOf();
    const { matrix_sha, file_sha256, bytes: size } = await store(harness);
    const whole = await bytesOf(await ask(harness, matrix_sha));
    const part = async (range: string, more: Record<string, string> = {}) => {
      const response = await ask(harness, matrix_sha, { range, ...more });
      return [response.status, response.headers.get("content-range"), await bytesOf(response)];
    };
    expect(await part("bytes=0-3")).toEqual([206, `bytes 0-3/${size}`, new TextEncoder().encode("PAR1")]);
    expect(await part("bytes=10-")).toEqual([206, `bytes 10-${size - 1}/${size}`, whole.subarray(10)]);
    expect(await part("bytes=10-99999999999")).toEqual([206, `bytes 10-${size - 1}/${size}`, whole.subarray(10)]);
    expect(await part("bytes=4-4", { "if-range": `"${file_sha256}"` })).toEqual([206, `bytes 4-4/${size}`, whole.subarray(4, 5)]);
    expect(await part("bytes=4-4", { "if-range": '"of before"' })).toEqual([200, null, whole]);
    for (const range of ["bytes=5-4", "bytes=-5", "bytes=0-1,3-4", "rows=0-1", "bytes=x-"])
      expect(await part(range)).toEqual([200, null, whole]);
    expect((await part(`bytes=${size}-`))[0]).toBe(400);
  });

  it("comes in parts from the cloud, which carries 4 MB at a time, and says so to whom asks for all", async () => {
    const harness = harnessOf("cloud");
    const { sha, file } = await withLargeFile(harness, 2 * PART + 5);
    const refused = await ask(harness, sha);
    expect([refused.status, await refused.json()]).toMatchObject([422, { detail: expect.stringContaining("Range: bytes=0-") }]);
    const ranges: (string | null)[] = [];
    const send = createSend({
      transport: async (url, init) => {
        ranges.push(new Headers(init.headers).get("range"));
        return harness.app.request(url, init);
      },
    });
    const found = await wholeFile(send, `/matrices/${sha}/download`);
    expect(ranges).toEqual(["bytes=0-", `bytes=${PART}-`, `bytes=${2 * PART}-`]);
    expect([sha256(found.bytes), found.etag]).toEqual([sha256(file), `"${sha256(file)}"`]);
    expect((await ask(harnessOf("cloud"), sha)).status).toBe(404);
  });

  it("carries a file of exactly 4 MB at once", async () => {
    const harness = harnessOf("cloud");
    const { sha, file } = await withLargeFile(harness, PART);
    const response = await ask(harness, sha);
    expect([response.status, sha256(await bytesOf(response))]).toEqual([200, sha256(file)]);
  });
});

describe("wholeFile", () => {
  const answering = (...parts: [bytes: string, range: string, etag: string][]) =>
    createSend({
      transport: async () => {
        const [text, range, etag] = parts.shift()!;
        return new Response(text, { status: 206, headers: { "content-range": range, etag } });
      },
    });

  it("refuses parts of two states, and a part that was not asked for", async () => {
    await expect(wholeFile(answering(["ab", "bytes 0-1/4", '"1"'], ["cd", "bytes 2-3/4", '"2"']), "/f")).rejects.toThrow("has changed");
    await expect(wholeFile(answering(["ab", "bytes 0-1/4", '"1"'], ["cd", "bytes 0-1/4", '"1"']), "/f")).rejects.toThrow("Bytes 2 and on");
    await expect(wholeFile(answering(["ab", "bytes 0-3/4", '"1"']), "/f")).rejects.toThrow("Bytes 0 and on");
    await expect(wholeFile(answering(["", "bytes 0-0/4", '"1"']), "/f")).rejects.toThrow("Bytes 0 and on");
    const { bytes } = await wholeFile(answering(["ab", "bytes 0-1/4", '"1"'], ["cd", "bytes 2-3/4", '"1"']), "/f");
    expect(new TextDecoder().decode(bytes)).toBe("abcd");
  });

  it("redirects to a link where the store has addresses, but gives parts itself, and no link to another owner", async () => {
    const harness = harnessOf("cloud");
    const { matrix_sha } = await store(harness);
    const asked: unknown[] = [];
    Object.assign(harness.ports.artifacts, {
      link: async (key: string, options: object) => {
        asked.push([key, options]);
        return "https://bucket.example/signed";
      },
    });
    const response = await ask(harness, matrix_sha);
    expect([response.status, response.headers.get("location"), response.headers.get("cache-control")]).toEqual([
      302,
      "https://bucket.example/signed",
      "no-store",
    ]);
    expect(asked).toEqual([[matrixKeys(ANN, matrix_sha).file, { seconds: 300, fileName: `${matrix_sha}.parquet` }]]);
    expect((await ask(harness, matrix_sha, { range: "bytes=0-9" })).status).toBe(206);
    expect((await ask(harness, matrix_sha, { "x-test-owner": "bob" })).status).toBe(404);
    expect(asked).toHaveLength(1);
  });
});
