import { describe, expect, it } from "vitest";
import { gbm } from "#lib/learners/gbm/gbm.ts";
import { prior } from "#lib/learners/prior/prior.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { shapImportance } from "#lib/training/shap-importance.ts";
import { nonLinearRows, rowsOf, STUMP } from "../learners/training-data.ts";

/** Of a matrix only the features are read. */
const matrixOf = (features: readonly Float64Array[]): Matrix => ({ features }) as unknown as Matrix;
const allOf = (count: number): Int32Array => Int32Array.from({ length: count }, (_, row) => row);

describe("shapImportance", () => {
  it("is the mean size of the contributions, worked by hand", () => {
    // One split, leaves -2/3 and 2/3 with two rows each: every contribution of the first feature is 2/3 in size.
    const rows = rowsOf(
      [
        [1, 2, 3, 4],
        [5, 5, 5, 5],
      ],
      [0, 0, 1, 1],
    );
    const found = shapImportance(gbm.fit(rows, STUMP, 1), matrixOf(rows.features), allOf(4), 9);
    expect(found).toMatchObject({ rows: 4, ofRows: 4, seed: 9 });
    expect(Array.from(found!.meanAbsolute)).toEqual([expect.closeTo(2 / 3, 14), 0]);
  });

  it("asks a seeded sample of many rows, the same one each time, of the given rows only", () => {
    const rows = nonLinearRows(51, 1500);
    const model = gbm.fit(rows, { ...STUMP, trees: 5, max_depth: 3 }, 1);
    const own = allOf(1500).filter((row) => row % 2 === 0);
    // Were another row asked, its unknown features would have other contributions.
    const marked = rows.features.map((column) => column.map((x, row) => (row % 2 === 0 ? x : Number.NaN)));
    const found = shapImportance(model, matrixOf(rows.features), own, 3);
    expect(found).toMatchObject({ rows: 500, ofRows: 750, seed: 3 });
    expect(shapImportance(model, matrixOf(marked), own, 3)).toEqual(found);
    expect(shapImportance(model, matrixOf(rows.features), own, 4)!.meanAbsolute).not.toEqual(found!.meanAbsolute);
    // The two columns of the interaction and the curve matter more than the noise beside them.
    const [a, b, c, ...noise] = found!.meanAbsolute;
    for (const one of [a!, b!, c!]) for (const other of noise) expect(one).toBeGreaterThan(other);
  });

  it("is null of a learner without attributions, and of a model that saw one side only", () => {
    const rows = nonLinearRows(52, 100);
    expect(shapImportance(prior.fit(rows, {}, 1), matrixOf(rows.features), allOf(100), 1)).toBeNull();
    const up = gbm.fit({ ...rows, target: rows.target.map(() => 1) }, STUMP, 1);
    expect(shapImportance(up, matrixOf(rows.features), allOf(100), 1)).toBeNull();
  });
});
