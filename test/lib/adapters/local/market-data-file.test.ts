import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBounded, readSourceFile } from "#lib/adapters/local/market-data-file.ts";
import { sha256 } from "#lib/core/digest.ts";
import { BAR_FIELDS, type BarSourceOptions, formatOf } from "#lib/market-data/bar-source.ts";
import { barsFromTables } from "#lib/market-data/bars-from-tables.ts";
import { encodeBars } from "#lib/market-data/encode-bars.ts";
import { printCsv, someBars } from "../../market-data/some-bars.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sigma bars "));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

describe("readSourceFile", () => {
  const bars = someBars(30);
  const options: BarSourceOptions = { symbol: "TEST", cadence: "daily" };
  const readBars = async (path: string, { map, ...rest }: BarSourceOptions) => {
    const { table } = await readSourceFile(path, { specs: BAR_FIELDS, format: formatOf(rest), map });
    return barsFromTables([table], rest).bars;
  };

  it("knows CSV, gzip and Parquet by their bytes, whatever they are called", async () => {
    const csv = await write("bars.txt", printCsv(bars));
    const gzip = await write("bars.csv", gzipSync(printCsv(bars)));
    const parquet = await write("bars", encodeBars(bars));
    expect(await readBars(csv, options)).toEqual(bars);
    expect(await readBars(gzip, options)).toEqual(bars);
    expect(await readBars(parquet, { ...options, map: { ts: "start" } })).toEqual(bars);
  });

  it("gives the digest and the number of the bytes as they are", async () => {
    const bytes = gzipSync(printCsv(bars));
    const path = await write("bars.csv.gz", bytes);
    const found = await readSourceFile(path, { specs: BAR_FIELDS, format: { name: "bars.csv.gz" } });
    expect([found.sha256, found.bytes]).toEqual([sha256(bytes), bytes.length]);
  });

  it("refuses a file that is larger than was allowed, before it reads it", async () => {
    const path = await write("long.yaml", "x".repeat(101));
    expect((await readBounded(path, 101, "long.yaml")).length).toBe(101);
    await expect(readBounded(path, 100, "long.yaml")).rejects.toMatchObject({
      code: "DATA_INVALID",
      message: "long.yaml: the file has 101 bytes; at most 100 are read. Split it.",
    });
  });

  it.each([
    ["nothing.csv", "there is no such file"],
    [".", "it is not a file"],
  ])('refuses the path "%s"', async (path, issue) => {
    await expect(readBars(join(folder, path), options)).rejects.toMatchObject({
      code: "INVALID_PARAM",
      message: expect.stringContaining(issue),
      fieldErrors: [{ path: "file", issue }],
    });
  });
});
