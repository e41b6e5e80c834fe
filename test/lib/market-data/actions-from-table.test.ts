import { describe, expect, it } from "vitest";
import { ACTION_FIELDS } from "#lib/market-data/action-fields.ts";
import { actionsFromTable } from "#lib/market-data/actions-from-table.ts";
import { readCsvTable } from "#lib/market-data/source/csv-table.ts";

const HEADER = "symbol,ex_date,kind,ratio,amount";
const read = (rows: readonly string[], header = HEADER) =>
  actionsFromTable(readCsvTable([header, ...rows].join("\n"), ACTION_FIELDS, { name: "actions.csv" }), "AAPL");

describe("actionsFromTable", () => {
  it("reads splits and dividends of the symbol, in the order of the file", () => {
    expect(read(["AAPL,2014-06-09,split,7,", "aapl,2014-08-07,Dividend,,0.47", "IBM,2014-08-06,dividend,,1.1"])).toEqual([
      { exDate: 20140609, split: 7, cash: 0 },
      { exDate: 20140807, split: 1, cash: 0.47 },
    ]);
  });

  it("takes a file without symbols for one of the symbol", () => {
    expect(read(["2014-06-09,split,7"], "ex_date,kind,ratio")).toEqual([{ exDate: 20140609, split: 7, cash: 0 }]);
  });

  it.each([
    ["AAPL,2014-06-09,merger,7,", 'line 2, column "kind": expected "split" or "dividend", found "merger"'],
    ["AAPL,2014-06-09,split,0,", 'line 2, column "ratio": expected shares held after for each held before, found "0"'],
    ["AAPL,2014-06-09,split,,7", 'line 2, column "ratio": expected shares held after for each held before, found "NaN"'],
    ["AAPL,2014-06-09,split,7,1", 'line 2, column "amount": a split has no amount, found "1"'],
    ["AAPL,2014-06-09,dividend,,-1", 'line 2, column "amount": expected dollars a share, 0 or more, found "-1"'],
    ["AAPL,2014-06-09,dividend,2,1", 'line 2, column "ratio": a dividend has no ratio, found "2"'],
    ["AAPL,soon,split,7,", 'line 2, column "ex_date": expected a time'],
    ["AAPL,2014-06-09,split,seven,", 'line 2, column "ratio": expected a number, found "seven"'],
  ])("refuses %s", (row, issue) => {
    expect(() => read([row])).toThrow(
      expect.objectContaining({ code: "DATA_INVALID", message: expect.stringContaining(`actions.csv: ${issue}`) }),
    );
  });

  it("refuses the same action twice, and a file that does not say when", () => {
    expect(() => read(["AAPL,2014-06-09,split,7,", "AAPL,2014-06-09,split,7,"])).toThrow(
      /line 3, column "ex_date": duplicated split of 2014-06-09: it is also at line 2/,
    );
    expect(() => read(["AAPL,split,7"], "symbol,kind,ratio")).toThrow(/expected a column for "ex_date"/);
  });
});
