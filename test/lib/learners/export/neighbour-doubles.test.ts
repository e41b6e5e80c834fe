import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextDown, nextUp } from "#lib/learners/export/neighbour-doubles.ts";

describe("nextDown", () => {
  it("gives the double below, through zero and the ends of the range", () => {
    expect(nextDown(1)).toBe(1 - 2 ** -53);
    expect(nextDown(-1)).toBe(-1 - 2 ** -52);
    expect(nextDown(0)).toBe(-5e-324);
    expect(nextDown(-0)).toBe(-5e-324);
    expect(nextDown(5e-324)).toBe(0);
    expect(nextDown(Number.POSITIVE_INFINITY)).toBe(Number.MAX_VALUE);
    expect(nextDown(-Number.MAX_VALUE)).toBe(Number.NEGATIVE_INFINITY);
  });

  it("always turns < into <= and, with nextUp, back", () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(number, number, (t, v) => {
        for (const x of [v, t, nextUp(t), nextDown(t)]) {
          expect(x <= nextDown(t)).toBe(x < t);
          expect(x < nextUp(t)).toBe(x <= t);
        }
        expect(nextUp(nextDown(t)) === t).toBe(true);
      }),
    );
  });
});
