import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import { binFeatures } from "#lib/learners/gbm/binning.ts";

const bin = (column: number[], maxBins = 255) => {
  const { bins, cuts, hasMissing, bounded } = binFeatures([Float64Array.from(column)], column.length, maxBins);
  return { bins: Array.from(bins), cuts: Array.from(cuts[0]!), hasMissing: hasMissing[0], bounded: bounded[0] };
};

describe("binFeatures", () => {
  it("gives each distinct value a bin when there are few, and unknown values the one after", () => {
    expect(bin([3, 1, Number.NaN, 1, 2])).toEqual({ bins: [2, 0, 3, 0, 1], cuts: [1.5, 2.5], hasMissing: 1, bounded: 1 });
  });

  it("fills bins evenly when there are many", () => {
    const rng = createRng("bins");
    const { bins, cuts } = bin(
      Array.from({ length: 10_000 }, () => rng.normal()),
      100,
    );
    const counts = new Uint32Array(100);
    for (const b of bins) counts[b]! += 1;
    expect(cuts.length).toBe(99);
    expect(new Set(counts)).toEqual(new Set([100]));
  });

  it("keeps a value that fills a bin alone apart from its neighbours", () => {
    const column = [
      ...Array<number>(50).fill(0),
      ...Array.from({ length: 50 }, (_, i) => i + 1),
      ...Array.from({ length: 50 }, (_, i) => -i - 1),
    ];
    const { bins, cuts } = bin(column, 10);
    const ofZero = bins[0];
    expect(bins.filter((b) => b === ofZero).length).toBe(50);
    expect(cuts.length).toBe(9);
  });

  it("has no threshold for a constant, an unknown or an empty column", () => {
    expect(bin([5, 5]).cuts).toEqual([]);
    expect(bin([Number.NaN, Number.NaN])).toEqual({ bins: [1, 1], cuts: [], hasMissing: 1, bounded: 1 });
    expect(bin([])).toEqual({ bins: [], cuts: [], hasMissing: 0, bounded: 1 });
  });

  it("separates neighbouring doubles, extremes and infinities, and not the two zeros", () => {
    expect(bin([1, 1 + Number.EPSILON]).bins).toEqual([0, 1]);
    expect(bin([-Number.MAX_VALUE, Number.MAX_VALUE])).toMatchObject({ bins: [0, 1], cuts: [0] });
    expect(bin([Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY])).toMatchObject({ bins: [0, 1, 2], bounded: 0 });
    expect(bin([-0, 0]).cuts).toEqual([]);
  });

  it("puts x below cuts[b] exactly into the bins up to b", () => {
    const value = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double());
    fc.assert(
      fc.property(fc.array(value, { maxLength: 80 }), fc.integer({ min: 2, max: 20 }), (column, maxBins) => {
        const { bins, cuts } = bin(column, maxBins);
        expect(cuts.length).toBeLessThan(maxBins);
        column.forEach((x, i) => {
          if (Number.isNaN(x)) expect(bins[i]).toBe(cuts.length + 1);
          else
            cuts.forEach((cut, b) => {
              expect(x < cut).toBe(bins[i]! <= b);
            });
        });
      }),
    );
  });
});
