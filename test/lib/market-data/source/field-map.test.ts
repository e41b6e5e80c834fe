import { describe, expect, it } from "vitest";
import { BAR_COLUMNS, BAR_FIELDS, LEVEL_FIELDS } from "#lib/market-data/bar-source.ts";
import { locateFields, readFieldMap } from "#lib/market-data/source/field-map.ts";

const locateColumns = (name: string, columns: readonly string[], map = {}) => locateFields(name, columns, BAR_FIELDS, map);
const readColumnMap = (text: string) => readFieldMap(text, BAR_COLUMNS, { adj_factor: "factor" });

describe("locateFields", () => {
  it("recognises the usual names in any case and order", () => {
    expect(locateColumns("f.csv", ["Volume", "Close", "LOW", "High", "Open", "Date"])).toEqual({
      ts: 5,
      open: 4,
      high: 3,
      low: 2,
      close: 1,
      volume: 0,
      factor: null,
    });
  });

  it.each(["ts", "timestamp", "timestamp_utc", "time", "date", "datetime"])('recognises "%s" as the time', (column) => {
    expect(locateColumns("f.csv", [column, "open", "high", "low", "close"]).ts).toBe(0);
  });

  it("prefers the absolute stamp to a local one, and takes either name of the factor", () => {
    const columns = ["timestamp_et", "timestamp_utc", "open", "high", "low", "close", "volume", "adj_factor"];
    expect(locateColumns("f.csv", columns)).toMatchObject({ ts: 1, factor: 7 });
    expect(locateColumns("f.csv", ["ts", "open", "high", "low", "close", "factor"])).toMatchObject({ volume: null, factor: 5 });
  });

  it("uses a mapping before the usual names", () => {
    expect(locateColumns("f.csv", ["date", "open", "high", "low", "close", "last"], { close: "last" }).close).toBe(5);
  });

  it("names the column that is missing, what was looked for and what is there", () => {
    expect(() => locateColumns("f.csv", ["when", "open", "high", "low", "close"])).toThrowError(
      expect.objectContaining({
        code: "DATA_INVALID",
        message:
          'f.csv: expected a column for "ts" ("ts" or "timestamp" or "timestamp_utc" or "time" or "date" or "datetime"), found "when", "open", "high", "low", "close". Map it, such as ts=when.',
      }),
    );
    expect(() => locateColumns("f.csv", ["ts", "open", "high", "low", "close"], { volume: "vol" })).toThrowError(
      /expected a column for "volume" \("vol"\)/,
    );
  });

  it("takes no column of the source twice: by two mappings, or by a mapping and a usual name", () => {
    const columns = ["date", "open", "high", "low", "close"];
    expect(() => locateColumns("f.csv", columns, { high: "low", low: "low" })).toThrowError(
      expect.objectContaining({
        code: "DATA_INVALID",
        message: 'f.csv: the source\'s column "low" cannot be "high" and "low" at once. Map each of them to a column of its own.',
      }),
    );
    expect(() => locateColumns("f.csv", columns, { open: "close" })).toThrowError(/column "close" cannot be "open" and "close" at once/);
    expect(locateFields("f.csv", columns, LEVEL_FIELDS, { close: "open" })).toMatchObject({ close: 1, open: null });
  });

  it("leaves a column out that is mapped to nothing", () => {
    const columns = ["date", "open", "high", "low", "close", "volume", "adj_factor"];
    expect(locateColumns("f.csv", columns, { factor: null })).toMatchObject({ volume: 5, factor: null });
  });

  it("names the nearest column to a mapped one that does not exist", () => {
    expect(() => locateColumns("f.csv", ["date", "opn", "high", "low", "close"], { open: "open_" })).toThrowError(
      /expected a column for "open" \("open_"\), found .*\. Did you mean open=opn\?/,
    );
  });

  it("refuses two columns of one name", () => {
    expect(() => locateColumns("f.csv", ["ts", "open", "high", "low", "close", "close"])).toThrowError(/two columns are called "close"/);
  });
});

describe("readFieldMap", () => {
  it("reads pairs, adj_factor being factor", () => {
    expect(readColumnMap("ts=when, open=o,adj_factor=Adj Factor")).toEqual({ ts: "when", open: "o", factor: "Adj Factor" });
  });

  it.each([
    ["open", 'expected "ours=theirs" pairs, found "open"'],
    ["open=", 'expected "ours=theirs" pairs, found "open="'],
    ["=o", 'expected "ours=theirs" pairs, found "=o"'],
    ["", 'expected "ours=theirs" pairs, found ""'],
    ["opne=o", 'no column is called "opne"; did you mean "open"?'],
    ["volatility=v", 'no column is called "volatility"; ours are ts, open, high, low, close, volume, factor'],
    ["open=a,open=b", '"open" is mapped twice'],
  ])('refuses "%s"', (text, issue) => {
    expect(() => readColumnMap(text)).toThrowError(
      expect.objectContaining({
        code: "INVALID_PARAM",
        message: `The column map is wrong: ${issue}.`,
        fieldErrors: [{ path: "map", issue }],
      }),
    );
  });
});
