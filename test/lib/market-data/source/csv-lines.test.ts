import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLineSplitter, MAX_LINE_BYTES, splitCells } from "#lib/market-data/source/csv-lines.ts";

function linesOf(chunks: readonly Uint8Array[]): { line: string; number: number }[] {
  const lines: { line: string; number: number }[] = [];
  const splitter = createLineSplitter("f.csv", (line, number) => lines.push({ line, number }));
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return lines;
}
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("createLineSplitter", () => {
  it("numbers lines from 1 and removes either line ending", () => {
    expect(linesOf([bytes("a\r\nb\n\nc")])).toEqual([
      { line: "a", number: 1 },
      { line: "b", number: 2 },
      { line: "", number: 3 },
      { line: "c", number: 4 },
    ]);
  });

  it("gives the same lines however the bytes are cut", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 12 })), fc.array(fc.nat({ max: 60 })), (parts, cuts) => {
        const whole = bytes(parts.join("\n"));
        const at = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length];
        const chunks = at.slice(1).map((end, i) => whole.subarray(at[i]!, end));
        expect(linesOf(chunks)).toEqual(linesOf([whole]));
      }),
    );
  });

  it("keeps its own copy of an unfinished line", () => {
    const lines: string[] = [];
    const splitter = createLineSplitter("f.csv", (line) => lines.push(line));
    const chunk = Buffer.from("a\nbcd");
    splitter.push(chunk);
    chunk.fill(0x78);
    splitter.push(Buffer.from("e\n"));
    splitter.end();
    expect(lines).toEqual(["a", "bcde"]);
  });

  it("refuses a line of more than 64 KB, complete or not, and names it", () => {
    const long = "x".repeat(MAX_LINE_BYTES + 1);
    const refusal = expect.objectContaining({
      code: "DATA_INVALID",
      message: expect.stringContaining("f.csv: line 2 is longer than 65536 bytes"),
    });
    expect(() => linesOf([bytes(`a\n${long}\nb`)])).toThrowError(refusal);
    expect(() => linesOf([bytes(`a\n${long}`)])).toThrowError(refusal);
    expect(linesOf([bytes(`a\n${"x".repeat(MAX_LINE_BYTES)}`)])).toHaveLength(2);
  });
});

describe("splitCells", () => {
  it.each([
    ["a,b,c", ["a", "b", "c"]],
    [" a , b ,", ["a", "b", ""]],
    ['"a","b"', ["a", "b"]],
    ['"a,b","say ""hi"""', ["a,b", 'say "hi"']],
    ['a, "b" ,c', ["a", "b", "c"]],
    ["", [""]],
  ])("splits %s", (line, cells) => {
    expect(splitCells(line, ",")).toEqual(cells);
  });

  it("has no cells for a quote that is not closed or not a cell's end", () => {
    expect(splitCells('"a,b', ",")).toBeUndefined();
    expect(splitCells('"a"b,c', ",")).toBeUndefined();
  });

  it("restores what was quoted", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string().filter((cell) => cell === cell.trim()),
          { minLength: 1 },
        ),
        (cells) => {
          const line = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(";");
          expect(splitCells(line, ";")).toEqual(cells);
        },
      ),
    );
  });
});
