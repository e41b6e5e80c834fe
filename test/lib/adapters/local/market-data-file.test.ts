import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBarsFile } from "#lib/adapters/local/market-data-file.ts";
import { sha256 } from "#lib/core/digest.ts";
import { encodeBars } from "#lib/market-data/bars-codec.ts";
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

describe("readBarsFile", () => {
  const bars = someBars(30);
  const options = { symbol: "TEST", cadence: "daily" } as const;

  it("knows CSV, gzip and Parquet by their bytes, whatever they are called", async () => {
    const csv = await write("bars.txt", printCsv(bars));
    const gzip = await write("bars.csv", gzipSync(printCsv(bars)));
    const parquet = await write("bars", encodeBars(bars));
    expect((await readBarsFile(csv, options)).parsed.bars).toEqual(bars);
    expect((await readBarsFile(gzip, options)).parsed.bars).toEqual(bars);
    expect((await readBarsFile(parquet, { ...options, map: { ts: "start" } })).parsed.bars).toEqual(bars);
  });

  it("gives the file's name and the digest of its bytes as they are", async () => {
    const bytes = gzipSync(printCsv(bars));
    const { source } = await readBarsFile(await write("bars.csv.gz", bytes), options);
    expect(source).toEqual({ name: "bars.csv.gz", sha256: sha256(bytes) });
  });

  it("names the file in complaints about its rows", async () => {
    const path = await write("bad.csv", printCsv(bars).replace("101", "one-oh-one"));
    await expect(readBarsFile(path, options)).rejects.toMatchObject({
      code: "DATA_INVALID",
      message: expect.stringMatching(/^bad\.csv: line 2, column /),
    });
  });

  it.each([
    ["nothing.csv", "there is no such file"],
    [".", "it is not a file"],
  ])('refuses the path "%s"', async (path, issue) => {
    await expect(readBarsFile(join(folder, path), options)).rejects.toMatchObject({
      code: "INVALID_PARAM",
      message: expect.stringContaining(issue),
      fieldErrors: [{ path: "file", issue }],
    });
  });
});
