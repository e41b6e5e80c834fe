import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import type { ClassRows } from "#lib/learners/define-learner.ts";
import { classFactors } from "#lib/learners/gbm/class-weights.ts";
import { gbm } from "#lib/learners/gbm/gbm.ts";
import { resolveGbmParams } from "#lib/learners/gbm/params.ts";
import { rowsOf, STUMP } from "../training-data.ts";

describe("classFactors", () => {
  it("gives every class that has rows the same weight, and keeps the sum of weights", () => {
    expect(classFactors("balanced", [-1, 1], [0.2, 0.8])).toEqual([2.5, 0.625]);
    expect(classFactors("balanced", [-1, 0, 1], [0.25, 0, 0.75])).toEqual([2, 0, 2 / 3]);
    expect(classFactors("none", [-1, 1], [0.2, 0.8])).toBeNull();
  });

  it("scales given factors so that the sum of weights stays", () => {
    // 3 x 0.2 + 1 x 0.8 = 1.4
    expect(classFactors({ "-1": 3 }, [-1, 1], [0.2, 0.8])).toEqual([3 / 1.4, 1 / 1.4].map((factor) => expect.closeTo(factor, 14)));
  });

  it("refuses a class that the label does not have", () => {
    expect(() => classFactors({ "2": 1 }, [-1, 1], [0.5, 0.5])).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
  });
});

/** P(UP | x) is known: 5 % base rate of UP, shifted by x. */
function rareEvents(seed: number, rows: number): { readonly data: ClassRows; readonly truth: Float64Array } {
  const rng = createRng(`rare/${seed}`);
  const x = Float64Array.from({ length: rows }, () => Math.round(4 * rng.normal()) / 4);
  const truth = x.map((value) => 1 / (1 + Math.exp(3.2 - 1.2 * value)));
  return {
    data: rowsOf(
      [x],
      Array.from(truth, (p) => (rng.uniform() < p ? 1 : 0)),
    ),
    truth,
  };
}

describe("gbm with class weights", () => {
  const params = resolveGbmParams({ trees: 80, max_depth: 2, learning_rate: 0.1 }, "5m");
  const { data } = rareEvents(1, 40_000);
  const fresh = rareEvents(2, 20_000);
  const meanOf = (column: Float64Array) => column.reduce((sum, p) => sum + p, 0) / column.length;

  it("predicts calibrated probabilities, which the weighted margins alone are not", () => {
    for (const class_weights of ["balanced", { "1": 10 }] as const) {
      const corrected = gbm.fit(data, { ...params, class_weights }, 1).predict(fresh.data.features)[1]!;
      expect(Math.abs(meanOf(corrected) - meanOf(fresh.truth))).toBeLessThan(0.004);
      // Row by row too, not only on average.
      const distance = corrected.reduce((sum, p, i) => sum + Math.abs(p - fresh.truth[i]!), 0) / corrected.length;
      expect(distance).toBeLessThan(0.012);
      // Without the correction: the same trees from the base that the factors made. Its mean is an order away.
      const share = data.target.reduce((sum, k) => sum + k, 0) / data.rows;
      const [down, up] = classFactors(class_weights, [-1, 1], [1 - share, share])!;
      const raw = corrected.map((p) => (p * up!) / (p * up! + (1 - p) * down!));
      expect(meanOf(raw) - meanOf(fresh.truth)).toBeGreaterThan(0.2);
    }
  });

  it("really trains with them: the trees differ", () => {
    const [plain, weighted] = (["none", "balanced"] as const).map((class_weights) =>
      gbm.fit(data, { ...params, trees: 3, class_weights }, 1).importance(),
    );
    expect(weighted![0]!.gain).not.toBeCloseTo(plain![0]!.gain, 3);
  });

  it("is the correction of three classes too", () => {
    // Without a split only the base remains: the shares, whatever the factors.
    const rows = rowsOf([[1, 1, 1, 1]], [0, 1, 1, 2], undefined, [-1, 0, 1]);
    const predicted = gbm.fit(rows, { ...STUMP, class_weights: { "0": 7 } }, 1).predict([Float64Array.of(1)]);
    expect(predicted.map((column) => column[0])).toEqual([0.25, 0.5, 0.25].map((p) => expect.closeTo(p, 14)));
  });

  it("changes nothing when all factors are equal", () => {
    const rows = rowsOf([[1, 2, 3, 4]], [0, 0, 1, 1]);
    const equal = gbm.fit(rows, { ...STUMP, class_weights: { "-1": 4, "1": 4 } }, 1).predict(rows.features);
    expect(equal).toEqual(gbm.fit(rows, STUMP, 1).predict(rows.features));
  });
});
