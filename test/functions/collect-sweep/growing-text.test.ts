import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GrowingText } from "#functions/collect-sweep/growing-text.ts";

describe("GrowingText", () => {
  it("is the UTF-8 of all that was added, whatever its characters and length", () => {
    const piece = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("é".repeat(40_000), "a".repeat(70_000), "\u{1F600}€", ""));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = new GrowingText();
        for (const one of pieces) text.add(one);
        expect(Buffer.from(text.bytes()).equals(Buffer.from(pieces.join("")))).toBe(true);
        expect(text.isEmpty()).toBe(pieces.join("") === "");
      }),
    );
  });
});
