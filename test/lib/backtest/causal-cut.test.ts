import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { causalCuts } from "#lib/backtest/causal-cut.ts";

const range = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i + 1);

describe("causalCuts", () => {
  it("is the order statistic of reference and past values", () => {
    // 60 values 1..60: the top 15 % starts at the 51st. Then 100 joins: ceil(0.85 x 61) = 52nd.
    expect([...causalCuts(range(60), Float64Array.of(100, 0), 0.15)]).toEqual([51, 52]);
  });

  it("lets nothing pass until 60 values are known", () => {
    // 58 values and the first two: the 30th of 1, 1, 2, 2, 3 ... 58 is 28, then the 31st of 1, 1, 2, 2, 3, 3, 4 ... 58.
    const cuts = causalCuts(range(58), range(4), 0.5);
    expect([...cuts]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 28, 28]);
  });

  it("leaves unknown values out", () => {
    const cuts = causalCuts(Float64Array.of(...range(60), Number.NaN), Float64Array.of(Number.NaN, 5), 0.5);
    expect([...cuts]).toEqual([30, 30]);
  });

  it("equals sorting the known values at each row", () => {
    const value = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true, min: -3, max: 3 }));
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 70 }),
        fc.array(value, { maxLength: 60 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (reference, values, share) => {
          const cuts = causalCuts(Float64Array.from(reference), Float64Array.from(values), share);
          for (let i = 0; i < values.length; i++) {
            const sorted = [...reference, ...values.slice(0, i)].sort((a, b) => a - b);
            const rank = Math.max(1, Math.ceil((1 - share) * sorted.length - 1e-9));
            expect(cuts[i]).toBe(sorted.length < 60 ? Number.POSITIVE_INFINITY : sorted[rank - 1]);
          }
        },
      ),
    );
  });

  it("never reads a later value", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true }), { minLength: 2, maxLength: 40 }),
        fc.nat(38),
        fc.double({ noNaN: true }),
        (values, at, other) => {
          const from = Math.min(at + 1, values.length - 1);
          const changed = values.map((value, i) => (i >= from ? other : value));
          const reference = range(70);
          const before = causalCuts(reference, Float64Array.from(values), 0.2).slice(0, from + 1);
          expect(causalCuts(reference, Float64Array.from(changed), 0.2).slice(0, from + 1)).toEqual(before);
        },
      ),
    );
  });
});
