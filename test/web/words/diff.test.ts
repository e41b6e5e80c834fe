import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffLines } from "../../../web/src/words/diff.ts";

const shown = (before: string, after: string): string[] =>
  diffLines(before, after).map(({ kind, text }) => `${{ same: " ", removed: "-", added: "+" }[kind]}${text}`);

describe("diffLines", () => {
  it("marks the line that changed and leaves the others", () => {
    expect(shown("a: 1\nb: 2\nc: 3", "a: 1\nb: 5\nc: 3")).toEqual([" a: 1", "-b: 2", "+b: 5", " c: 3"]);
  });

  it("finds lines that were put in, taken out or kept in between", () => {
    expect(shown("one\ntwo\nthree", "zero\none\nthree\nfour")).toEqual(["+zero", " one", "-two", " three", "+four"]);
  });

  it("always gives back both texts, in order", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 }).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after);
        const of = (kind: string) =>
          lines
            .filter((line) => line.kind === "same" || line.kind === kind)
            .map((line) => line.text)
            .join("\n");
        expect(of("removed")).toBe(before);
        expect(of("added")).toBe(after);
      }),
    );
  });
});
