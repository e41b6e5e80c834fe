import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareBytes, inRange, prefixEnd, sortKeyRange } from "#lib/adapters/record-order.ts";

const unit = fc.oneof(
  fc.constantFrom("a", "b", "#", "\0", "\u00E9", "\uD7FF", "\uE000", "\uFFFF", "\u{10000}", "\u{10FFFF}"),
  fc.string({ unit: "binary", maxLength: 1 }),
);
const text = fc.string({ unit, maxLength: 6 });

describe("compareBytes", () => {
  it("puts astral characters last, where JavaScript's own order does not", () => {
    expect(["\u{1F600}", "\uFFFD", "a"].sort(compareBytes)).toEqual(["a", "\uFFFD", "\u{1F600}"]);
    expect("\u{1F600}" < "\uFFFD").toBe(true);
  });

  it("always agrees with the order of the UTF-8 bytes", () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
      { numRuns: 2000, seed: 2025 },
    );
  });
});

describe("prefixEnd", () => {
  it("is the next text that does not start with the prefix", () => {
    expect(prefixEnd("run#")).toBe("run$");
    expect(prefixEnd("a\uD7FF")).toBe("a\uE000");
    expect(prefixEnd("a\u{10FFFF}")).toBe("b");
    expect(prefixEnd("\u{10FFFF}")).toBeUndefined();
    expect(prefixEnd("")).toBeUndefined();
  });

  it("always splits texts exactly into those with and those without the prefix", () => {
    fc.assert(
      fc.property(text, text, (prefix, other) => {
        const end = prefixEnd(prefix);
        const between = compareBytes(other, prefix) >= 0 && (end === undefined || compareBytes(other, end) < 0);
        expect(between).toBe(other.startsWith(prefix));
      }),
      { numRuns: 2000, seed: 2025 },
    );
  });
});

describe("sortKeyRange", () => {
  it("takes the tighter of two bounds", () => {
    expect(sortKeyRange({ prefix: "a#", after: "a#5", before: "b" })).toEqual({
      low: { sk: "a#5", inclusive: false },
      high: "a$",
      empty: false,
    });
    expect(sortKeyRange({ prefix: "a#", after: "A" })).toEqual({ low: { sk: "a#", inclusive: true }, high: "a$", empty: false });
    expect(sortKeyRange({ after: "b", before: "b" }).empty).toBe(true);
    expect(sortKeyRange({ before: "" }).empty).toBe(true);
    expect(sortKeyRange({})).toEqual({ low: undefined, high: undefined, empty: false });
  });

  it("leaves out the open ends", () => {
    const range = sortKeyRange({ after: "a", before: "c" });
    expect(["a", "a\0", "b", "c"].filter((sk) => inRange(sk, range))).toEqual(["a\0", "b"]);
  });
});
