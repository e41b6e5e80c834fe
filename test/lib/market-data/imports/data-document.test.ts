import { describe, expect, it } from "vitest";
import { DataDocumentSchema } from "#lib/market-data/imports/data-document.schema.ts";
import { readDocument } from "#lib/packs/yaml.ts";

const read = (text: string) => readDocument(text, DataDocumentSchema, { code: "INVALID_PARAM", path: "data.yaml" });
const BARS = "kind: bars\npath: spy.csv\nsymbol: SPY\ncadence: hourly\n";
const CHAINS = "kind: option_chains\npath: chains/*.csv\nsymbol: SPX\n";

describe("DataDocumentSchema", () => {
  it("reads a file of bars, the rest by default", () => {
    expect(read(BARS)).toEqual({
      kind: "bars",
      path: "spy.csv",
      symbol: "SPY",
      cadence: "hourly",
      timezone: "America/New_York",
      dates: "year_first",
      empty_cells: [],
      bar_label: "start",
      columns: {},
    });
  });

  it("reads a folder of indices, chains and a universe", () => {
    expect(
      read('kind: index\npath: "{symbol}_1d.csv"\nsymbols: [VIX, VIX3M]\ndates: month_first\ncolumns: { close: CLOSE, open: null }\n'),
    ).toMatchObject({
      cadence: "daily",
      available_at: "16:15",
      columns: { close: "CLOSE", open: null },
    });
    expect(read(`${CHAINS}roots: [SPX, SPXW]\nopen_interest_of: session\n`)).toMatchObject({
      prices_of: "session",
      crossed_quotes: "refuse",
      iv_unit: "fraction",
    });
    expect(read("kind: universe\nname: big\npath: members.csv\n")).toMatchObject({ name: "big" });
    expect(read("kind: flow_cells\npath: flow.csv\nsymbol: SPY\n")).toMatchObject({ cadence: "hourly" });
    expect(read("kind: option_bars\npath: bars.csv\nsymbol: SPY\n")).toMatchObject({ bar_label: "start" });
  });

  it.each<[string, string, string, number]>([
    [
      "a column of the source for two of ours",
      `${BARS}columns:\n  open: o\n  close: o\n`,
      `columns.close: the source's column "o" cannot be "open" and "close" at once`,
      7,
    ],
    [
      "a factor and an actions file",
      `${BARS}columns: { factor: adj }\nactions: a.csv\n`,
      "actions: an adjustment factor and an actions file say the same thing twice",
      6,
    ],
    ["an unknown column of ours", `${BARS}columns: { opne: o }\n`, 'columns.opne: unknown key "opne"; did you mean "open"?', 5],
    ["a required column that is not meant", `${BARS}columns: { close: null }\n`, "columns.close", 5],
    ["an unknown key", `${BARS}bar_lable: end\n`, 'bar_lable: unknown key "bar_lable"; did you mean "bar_label"?', 5],
    ["an unknown kind", "kind: bras\npath: a.csv\n", "kind: ", 1],
    ["no symbol", "kind: bars\npath: a.csv\ncadence: daily\n", "symbol: say the symbol, or put {symbol} into the path", 1],
    [
      "a symbol and a pattern of symbols",
      'kind: bars\npath: "{symbol}.csv"\nsymbol: SPY\ncadence: daily\n',
      "symbol: the path's {symbol} says the symbol",
      3,
    ],
    [
      "several symbols of one file",
      "kind: bars\npath: a.csv\nsymbol: SPY\nsymbols: [SPY]\ncadence: daily\n",
      "symbols: several symbols need {symbol} in the path",
      4,
    ],
    ["a cadence that is none", "kind: bars\npath: a.csv\nsymbol: SPY\ncadence: 2m\n", "cadence: ", 4],
    ["daily flow", "kind: flow_cells\npath: a.csv\nsymbol: SPY\ncadence: daily\n", "cadence: ", 4],
    [
      "a rule that is none",
      "kind: index\npath: a.csv\nsymbol: VIX\navailable_at: later\n",
      'available_at: must be a time in New York such as "16:15"',
      4,
    ],
    [
      "a rule and a column for one thing",
      `${CHAINS}known_at: close\ncolumns: { known_at: t }\n`,
      "known_at: a column says when each row was known; leave the rule out",
      4,
    ],
    [
      "prices that are known at their own session's open",
      `${CHAINS}known_at: open\n`,
      "known_at: a session's prices are not known at its open",
      4,
    ],
    ["a universe of many files", 'kind: universe\nname: big\npath: "{symbol}.csv"\n', "path: a universe is one file of all its symbols", 3],
    ["a name that is no id", "kind: universe\nname: ../big\npath: a.csv\n", "name: ", 2],
    ["a symbol that is none", "kind: bars\npath: a.csv\nsymbol: ../x\ncadence: daily\n", "symbol: ", 3],
  ])("refuses %s, with its line", (_, text, issue, line) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        code: "INVALID_PARAM",
        message: expect.stringContaining(issue),
        fieldErrors: expect.arrayContaining([expect.objectContaining({ issue: expect.stringContaining(`(line ${line})`) })]),
      }),
    );
  });

  it("refuses a document of more than 64 KB", () => {
    expect(() => read(`${BARS}# ${"x".repeat(64 * 1024)}\n`)).toThrow(
      expect.objectContaining({ code: "INVALID_PARAM", message: expect.stringContaining('may have at most "65536" bytes') }),
    );
  });
});
