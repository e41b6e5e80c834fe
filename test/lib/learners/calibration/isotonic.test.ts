import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitIsotonic, isotonicAt } from "#lib/learners/calibration/isotonic.ts";

const fitted = (target: number[], weight = target.map(() => 1), scores = target.map((_, i) => i)) => {
  const fit = fitIsotonic(Float64Array.from(scores), target, Float64Array.from(weight));
  return scores.map((score) => isotonicAt(fit, score));
};
const close = (values: number[]) => values.map((value) => expect.closeTo(value, 12));

describe("fitIsotonic", () => {
  // Check values computed with scikit-learn's IsotonicRegression.
  it("pools adjacent violators", () => {
    expect(fitted([0, 1, 0, 0, 1, 1, 0, 1])).toEqual(close([0, 1 / 3, 1 / 3, 1 / 3, 2 / 3, 2 / 3, 2 / 3, 1]));
    expect(fitted([1, 3, 2, 4, 3, 5, 6, 4, 7])).toEqual(close([1, 2.5, 2.5, 3.5, 3.5, 5, 5, 5, 7]));
  });

  it("weighs rows", () => {
    expect(fitted([1, 0, 1], [1, 3, 1])).toEqual(close([0.25, 0.25, 1]));
  });

  it("pools equal scores first", () => {
    expect(fitted([1, 0, 1, 1], undefined, [2, 2, 3, 1])).toEqual(close([2 / 3, 2 / 3, 1, 2 / 3]));
    expect(fitted([1, 0], undefined, [5, 5])).toEqual(close([0.5, 0.5]));
  });

  it("is never descending, keeps the mean, and reads any order of rows alike", () => {
    const row = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.nat(1), fc.integer({ min: 1, max: 5 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
        const [scores, target, weight] = [0, 1, 2].map((i) => rows.map((r) => r[i]!)) as [number[], number[], number[]];
        const values = fitted(target, weight, scores);
        const order = rows.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
        order.slice(1).forEach((i, k) => {
          expect(values[i]!).toBeGreaterThanOrEqual(values[order[k]!]! - 1e-12);
        });
        const mean = (column: number[]) => column.reduce((sum, v, i) => sum + v * weight[i]!, 0);
        expect(mean(values)).toBeCloseTo(mean(target), 9);
        const back = fitted(target.toReversed(), weight.toReversed(), scores.toReversed()).toReversed();
        back.forEach((value, i) => {
          expect(value).toBeCloseTo(values[i]!, 12);
        });
      }),
    );
  });
});

describe("isotonicAt", () => {
  const fit = fitIsotonic(Float64Array.of(1, 2, 4, 5), [0, 0, 1, 1], Float64Array.of(1, 1, 1, 1));

  it("is linear between blocks and flat inside and outside them", () => {
    expect([-9, 1, 1.5, 2, 2.5, 3, 4, 4.5, 9].map((score) => isotonicAt(fit, score))).toEqual([0, 0, 0, 0, 0.25, 0.5, 1, 1, 1]);
  });

  it("is NaN for an unknown score", () => {
    expect(isotonicAt(fit, Number.NaN)).toBeNaN();
  });
});
