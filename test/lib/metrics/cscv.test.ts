import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import { cscv } from "#lib/metrics/cscv.ts";

/** The statistics reference's matrix without random numbers: 0.01 sin(1.7 t (n + .5) + n^2), plus an edge on column 1. */
function waves(periods: number, variants: number, edge: number): Float64Array[] {
  return Array.from({ length: variants }, (_, v) => {
    const n = v + 1;
    return Float64Array.from({ length: periods }, (_, i) => 0.01 * Math.sin(1.7 * (i + 1) * (n + 0.5) + n * n) + (n === 1 ? edge : 0));
  });
}

describe("cscv", () => {
  it("starts from the reference matrix", () => {
    expect(waves(1, 1, 0)[0]![0]).toBeCloseTo(-0.003971481673, 12);
  });

  it.each([
    [16, 4, 4, 0, 0.8333333333, -0.9241962407, -1.366384, 0.833333, 6],
    [48, 6, 6, 0, 0.6, -0.3145784569, -0.576656, 0.5, 20],
    [160, 10, 8, 0, 0.4714285714, -0.36756469, -0.787191, 0.471429, 70],
    [160, 10, 8, 0.003, 0.0571428571, 1.9938034997, -4.296419, 0.057143, 70],
    [160, 10, 8, 0.01, 0, Math.LN10, -0.99963, 0, 70],
    [320, 20, 16, 0, 0.9999222999, -2.70620317, -1.392074, 0.999378, 12870],
  ])("matches T %i, N %i, S %i, edge %f", (periods, variants, blocks, edge, pbo, meanLogit, slope, pOosLoss, splits) => {
    const result = cscv(waves(periods, variants, edge), { blocks, minVariants: 2 })!;
    expect(result.splits).toBe(splits);
    expect(result.pbo).toBeCloseTo(pbo, 9);
    expect(result.meanLogit).toBeCloseTo(meanLogit, 8);
    expect(Math.abs(result.slope - slope)).toBeLessThan(1e-6);
    expect(Math.abs(result.pOosLoss - pOosLoss)).toBeLessThan(1e-6);
  });

  it("drops the first periods that fill no block", () => {
    const columns = waves(163, 10, 0.003).map((column, v) => {
      column.copyWithin(3, 0, 160);
      return column.fill(v * 9, 0, 3);
    });
    expect(cscv(columns, { blocks: 8 })!.meanLogit).toBeCloseTo(1.9938034997, 8);
  });

  it("is null under 10 variants and under 2 periods a block", () => {
    expect(cscv(waves(160, 9, 0))).toBeNull();
    expect(cscv(waves(31, 12, 0))).toBeNull();
    expect(cscv([])).toBeNull();
  });

  it("gives tied winners equal parts of a split", () => {
    // All twelve columns are equal in every split: rank (N + 1) / 2 on average, the logit 0 counts as overfit.
    const column = waves(160, 1, 0)[0]!;
    const result = cscv(Array.from({ length: 12 }, () => column))!;
    expect(result.pbo).toBeCloseTo(1, 9);
    expect(result.meanLogit).toBeCloseTo(0, 12);
  });

  it("treats an idle variant as one that neither gains nor loses", () => {
    const losers = waves(160, 11, 0).map((column) => column.map((value) => value - 0.02));
    const result = cscv([...losers, new Float64Array(160)], { blocks: 8 })!;
    expect(result).toMatchObject({ pbo: 0, pOosLoss: 0, variants: 12 });
  });

  it("does not depend on the order of the variants", () => {
    const rng = createRng("cscv order");
    const columns = Array.from({ length: 12 }, () => Float64Array.from({ length: 64 }, () => (rng.uniform() < 0.6 ? 0 : rng.normal())));
    // Two variants that differ in the last block only tie in half of the splits.
    columns.push(columns[0]!.map((value, i) => (i > 60 ? value + 0.1 : value)));
    const expected = cscv(columns, { blocks: 8 })!;
    fc.assert(
      fc.property(fc.shuffledSubarray(columns, { minLength: columns.length }), (shuffled) => {
        const found = cscv(shuffled, { blocks: 8 })!;
        expect(found.pbo).toBeCloseTo(expected.pbo, 12);
        expect(found.pOosLoss).toBeCloseTo(expected.pOosLoss, 12);
        expect(found.meanLogit).toBeCloseTo(expected.meanLogit, 12);
        expect(found.slope).toBeCloseTo(expected.slope, 9);
      }),
      { numRuns: 20 },
    );
  });

  it("agrees with the split by split definition", () => {
    const rng = createRng("cscv naive");
    const columns = Array.from({ length: 10 }, () => Float64Array.from({ length: 60 }, () => rng.normal()));
    const sharpe = (column: Float64Array, rows: number[]) => {
      const mean = rows.reduce((sum, i) => sum + column[i]!, 0) / rows.length;
      return mean / Math.sqrt(rows.reduce((sum, i) => sum + (column[i]! - mean) ** 2, 0) / (rows.length - 1));
    };
    let low = 0;
    let losses = 0;
    for (let mask = 0; mask < 64; mask += 1) {
      const chosen = [0, 1, 2, 3, 4, 5].filter((block) => (mask >> block) & 1);
      if (chosen.length !== 3) continue;
      const rows = Array.from({ length: 60 }, (_, i) => i);
      const inRows = rows.filter((i) => chosen.includes(Math.floor(i / 10)));
      const outRows = rows.filter((i) => !chosen.includes(Math.floor(i / 10)));
      const inSample = columns.map((column) => sharpe(column, inRows));
      const outOfSample = columns.map((column) => sharpe(column, outRows));
      const judged = outOfSample[inSample.indexOf(Math.max(...inSample))]!;
      if (outOfSample.filter((value) => value <= judged).length / 11 <= 0.5) low += 1;
      if (judged < 0) losses += 1;
    }
    expect(cscv(columns, { blocks: 6 })).toMatchObject({ pbo: low / 20, pOosLoss: losses / 20, splits: 20 });
  });

  it("refuses an odd number of blocks", () => {
    expect(() => cscv(waves(160, 10, 0), { blocks: 7 })).toThrow("even number");
  });
});
