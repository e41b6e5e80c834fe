import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGrowingColumn } from "#lib/core/growing-column.ts";

describe("createGrowingColumn", () => {
  it("gives back what was pushed, however much it was, and goes on after that", () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: 3000 }), (values) => {
        const column = createGrowingColumn();
        for (const value of values) column.push(value);
        expect(column.length).toBe(values.length);
        const taken = column.take();
        expect(Array.from(taken)).toEqual(values);
        column.push(7);
        expect([taken.length, column.take().at(-1)]).toEqual([values.length, 7]);
      }),
      { numRuns: 50 },
    );
  });
});
