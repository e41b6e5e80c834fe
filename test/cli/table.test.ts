import { styleText } from "node:util";
import { describe, expect, it } from "vitest";
import { type Column, renderFacts, renderTable } from "../../cli/table.ts";

interface Row {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

const columns: readonly Column<Row>[] = [
  { header: "Name", value: ({ name }) => name, shrinkTo: 6 },
  { header: "Return (%)", align: "right", value: ({ value }) => value },
  { header: "Note", value: ({ note }) => note, optional: 1 },
];
const rows: readonly Row[] = [
  { name: "short", value: "1.5", note: "a" },
  { name: "much longer name", value: "n/a", note: "bb" },
];

describe("renderTable", () => {
  it("aligns numbers right under a header with their unit", () => {
    expect(renderTable(columns, rows)).toBe(
      [
        "Name              Return (%)  Note",
        "----------------  ----------  ----",
        "short                    1.5  a",
        "much longer name         n/a  bb",
      ].join("\n"),
    );
  });

  it("cuts what may be cut when the terminal is narrow", () => {
    expect(renderTable(columns, rows, 26).split("\n")).toEqual([
      "Name      Return (%)  Note",
      "--------  ----------  ----",
      "short            1.5  a",
      "much lo…         n/a  bb",
    ]);
  });

  it("leaves out an optional column and says so when cutting is not enough", () => {
    const lines = renderTable(columns, rows, 18).split("\n");
    expect(lines[0]).toBe("Name    Return (%)");
    expect(lines.at(-1)).toContain("Not shown on this width: Note");
    expect(Math.max(...lines.slice(0, -1).map((line) => line.length))).toBeLessThanOrEqual(18);
  });

  it("gives what leaving out has freed back to what was cut", () => {
    const wide: readonly Column<Row>[] = [columns[0]!, columns[1]!, { header: "Note", value: () => "x".repeat(40), optional: 1 }];
    expect(renderTable(wide, rows, 30).split("\n")[3]).toBe("much longer name         n/a");
  });

  it("does not count colours as width", () => {
    const red = styleText("red", "FAIL", { validateStream: false });
    const table = renderTable<string>(
      [
        { header: "Gate", value: (cell) => cell },
        { header: "n", align: "right", value: () => "1" },
      ],
      [red, "PASS"],
    );
    expect(table.split("\n").slice(2)).toEqual([`${red}  1`, "PASS  1"]);
  });
});

describe("renderFacts", () => {
  it("lines values up behind their labels", () => {
    expect(
      renderFacts([
        ["Rows", "5"],
        ["Columns", "29"],
      ]),
    ).toBe("Rows     5\nColumns  29");
  });

  it("goes on below itself where a value is wider than the room, and counts no colours", () => {
    const red = styleText("red", "FAIL", { validateStream: false });
    expect(
      renderFacts(
        [
          [red, "one two three four five six"],
          ["ok", "x".repeat(30)],
        ],
        26,
      ),
    ).toBe(`${red}  one two three four\n      five six\nok    ${"x".repeat(30)}`);
  });
});
