import { describe, expect, it } from "vitest";
import { fileName } from "../../../web/src/ui/save-file.ts";
import {
  type Column,
  headerOf,
  isNumeric,
  linesCsv,
  nextSort,
  readSort,
  rowSearch,
  toCsv,
  writeSort,
} from "../../../web/src/ui/table-model.ts";

interface Row {
  readonly model: string;
  readonly sharpe: number | null;
}

const columns: readonly Column<Row>[] = [
  { id: "model", header: "Model", value: ({ model }) => model },
  { id: "sharpe", of: "sharpe", value: ({ sharpe }) => sharpe },
];

describe("columns", () => {
  it("take their name from the glossary where they show one of its numbers", () => {
    expect(columns.map(headerOf)).toEqual(["Model", "Sharpe"]);
    expect(columns.map(isNumeric)).toEqual([false, true]);
  });
});

describe("sorting", () => {
  it("is written into an address and read from it", () => {
    expect(readSort("-sharpe")).toEqual({ id: "sharpe", desc: true });
    expect(readSort("model")).toEqual({ id: "model", desc: false });
    expect([readSort(undefined), readSort(""), readSort("-")]).toEqual([undefined, undefined, undefined]);
    expect(writeSort({ id: "sharpe", desc: true })).toBe("-sharpe");
  });

  it("begins with the largest number and with A, and turns around on the next press", () => {
    expect(nextSort(columns[1]!, undefined)).toEqual({ id: "sharpe", desc: true });
    expect(nextSort(columns[1]!, { id: "sharpe", desc: true })).toEqual({ id: "sharpe", desc: false });
    expect(nextSort(columns[0]!, { id: "sharpe", desc: true })).toEqual({ id: "model", desc: false });
  });
});

describe("linesCsv", () => {
  it("writes what is no list", () => {
    expect(
      linesCsv([
        ["number", "A"],
        ["sharpe", null],
        ["note", "-x"],
      ]),
    ).toBe("number,A\r\nsharpe,\r\nnote,'-x\r\n");
  });
});

describe("fileName", () => {
  it("is made of what the file holds", () => {
    expect(fileName("Residual Sharpe ratio of A, by fold")).toBe("residual-sharpe-ratio-of-a-by-fold");
    expect(fileName("jobs of local")).toBe("jobs-of-local");
  });
});

describe("toCsv", () => {
  it("writes ids as header, quotes what needs it and leaves the unknown empty", () => {
    const rows = [
      { model: 'a "b", c', sharpe: -1.5 },
      { model: "line\nbreak", sharpe: null },
    ];
    expect(toCsv(columns, rows)).toBe('model,sharpe\r\n"a ""b"", c",-1.5\r\n"line\nbreak",\r\n');
  });

  it("keeps a spreadsheet from running text as a formula", () => {
    expect(toCsv(columns, [{ model: "=HYPERLINK(1)", sharpe: 1 }])).toBe("model,sharpe\r\n'=HYPERLINK(1),1\r\n");
  });
});

describe("rowSearch", () => {
  const row = { model: "spx_eq_swing_daily", sharpe: 1.2 };
  const found = (search: string): boolean => rowSearch(columns)(row, search);

  it("wants every word somewhere in the row, in any case", () => {
    expect(found("SWING spx")).toBe(true);
    expect(found("swing qqq")).toBe(false);
    expect(found("  ")).toBe(true);
    expect(found("1.2")).toBe(true);
  });

  it("does not find a word across two values", () => {
    expect(found("daily1.2")).toBe(false);
  });
});
