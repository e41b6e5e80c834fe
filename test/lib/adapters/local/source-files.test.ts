import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findSourceFiles } from "#lib/adapters/local/source-files.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sigma sources (1) "));
  const files = [
    "SPY_1h.csv",
    "aapl_1h.csv",
    "BRK.B_1h.csv",
    "bad name_1h.csv",
    ".hidden_1h.csv",
    "notes.txt",
    "minutes/SPY/2024-02.csv",
    "minutes/SPY/2024-01.csv",
    "minutes/QQQ/2024-01.csv",
    "minutes/QQQ/old/2023-12.csv",
    "both/spy/spy.csv",
    "both/spy/qqq.csv",
    "star*/a+b.csv",
  ];
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), "x");
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const find = async (pattern: string, wanted: Parameters<typeof findSourceFiles>[2] = {}) =>
  (await findSourceFiles(pattern, folder, wanted)).map(({ symbol, paths }) => [symbol, ...paths.map((path) => relative(folder, path))]);
const refusal = (issue: string) => ({
  code: "INVALID_PARAM",
  message: expect.stringContaining(issue),
  fieldErrors: [{ path: "path", issue: expect.stringContaining(issue) }],
});

describe("findSourceFiles", () => {
  it("finds a file a symbol, symbols in upper case, and passes over what is no symbol", async () => {
    expect(await find("{symbol}_1h.csv")).toEqual([
      ["AAPL", "aapl_1h.csv"],
      ["BRK.B", "BRK.B_1h.csv"],
      ["SPY", "SPY_1h.csv"],
    ]);
  });

  it("finds a folder a symbol, its files in the order of their names", async () => {
    expect(await find("./minutes/{symbol}/*.csv")).toEqual([
      ["QQQ", "minutes/QQQ/2024-01.csv"],
      ["SPY", "minutes/SPY/2024-01.csv", "minutes/SPY/2024-02.csv"],
    ]);
    expect(await find("minutes/{symbol}/*.csv", { symbols: ["SPY"] })).toEqual([
      ["SPY", "minutes/SPY/2024-01.csv", "minutes/SPY/2024-02.csv"],
    ]);
  });

  it("takes {symbol} for the same symbol wherever it stands, as it is written there", async () => {
    expect(await find("both/{symbol}/{symbol}.csv")).toEqual([["SPY", "both/spy/spy.csv"]]);
  });

  it("takes a path without {symbol} for files of the symbol that was said", async () => {
    expect(await find("minutes/SPY/*.csv", { symbol: "SPX" })).toEqual([["SPX", "minutes/SPY/2024-01.csv", "minutes/SPY/2024-02.csv"]]);
    expect(await find(join(folder, "SPY_1h.csv"), { symbol: "SPY" })).toEqual([["SPY", "SPY_1h.csv"]]);
    expect(await find("../x/nothing.csv", { symbol: "SPY" })).toEqual([["SPY", "../x/nothing.csv"]]);
  });

  it("takes every other character of a pattern as it is", async () => {
    expect(await find("star*/a+b.csv", { symbol: "SPY" })).toEqual([["SPY", "star*/a+b.csv"]]);
    await expect(find("star*/a.b.*", { symbol: "SPY" })).rejects.toMatchObject(refusal("no file matches it"));
  });

  it("refuses a pattern that finds nothing, or nothing of a symbol that was asked for", async () => {
    await expect(find("{symbol}.parquet")).rejects.toMatchObject(refusal("no file matches it"));
    await expect(find("nowhere/{symbol}/*.csv")).rejects.toMatchObject(refusal("no file matches it"));
    await expect(find("{symbol}_1h.csv", { symbols: ["SPY", "IWM", "DIA"] })).rejects.toMatchObject(
      refusal('there is no file of "IWM", "DIA"'),
    );
  });
});
