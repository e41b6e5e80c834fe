import { describe, expect, it } from "vitest";
import { decodeModel } from "#lib/learners/decode-model.ts";
import { gbm } from "#lib/learners/gbm/gbm.ts";
import { resolveGbmParams } from "#lib/learners/gbm/params.ts";
import { readModelFile } from "#lib/learners/model-file.ts";
import { nonLinearValues, rowsOf, STUMP, valuesOf } from "../training-data.ts";

const squaredError = (predicted: Float64Array, target: Float64Array) =>
  predicted.reduce((sum, value, i) => sum + (value - target[i]!) ** 2, 0) / target.length;

describe("gbm on a number", () => {
  it("grows the tree that is worked by hand", () => {
    // Mean 5, deviation 3: the standardised targets are -4/3, -1/3, 1, 2/3, in sums -5/3 and 5/3. Leaves: their Newton steps
    // 5/3 / (2 + 1), in the target's unit 5/3.
    const rows = valuesOf([[1, 2, 3, 4]], [1, 4, 8, 7]);
    const deviation = Math.sqrt((16 + 1 + 9 + 4) / 4);
    const step = (5 / deviation / 3) * deviation;
    const model = gbm.fit(rows, STUMP, 1);
    expect(Array.from(model.predict(rows.features)[0]!)).toEqual(
      [5 - step, 5 - step, 5 + step, 5 + step].map((x) => expect.closeTo(x, 14)),
    );
    expect([model.task, model.classes, model.degenerate]).toEqual(["regress", [], null]);
    // Gain 2 x (5 / deviation)^2 / 3 in units of the target's variance.
    expect(model.importance()).toEqual([{ feature: "f0", gain: expect.closeTo((2 * 25) / 7.5 / 3, 12), cover: 4, splits: 1 }]);
    const { training, priors, base_score } = readModelFile(model.encode()).header as Record<string, unknown>;
    expect([priors, base_score]).toEqual([[], [5]]);
    expect(training).toEqual({ rows: 4, weight: 4, loss: expect.closeTo(squaredError(model.predict(rows.features)[0]!, rows.target), 12) });
  });

  it("does not depend on the target's unit, however small returns are", () => {
    const rows = nonLinearValues(3, 600);
    const params = resolveGbmParams({ trees: 20, l1: 0.1 }, "5m");
    const plain = gbm.fit(rows, params, 5).predict(rows.features)[0]!;
    const scaled = gbm.fit({ ...rows, target: rows.target.map((y) => 2 ** -20 * y) }, params, 5).predict(rows.features)[0]!;
    scaled.forEach((value, i) => {
      expect(value * 2 ** 20).toBeCloseTo(plain[i]!, 12);
    });
  });

  it("learns a function that no straight line fits", () => {
    const [train, test] = [nonLinearValues(17, 4000), nonLinearValues(19, 2000)];
    const predicted = gbm.fit(train, resolveGbmParams({ trees: 150 }, "5m"), 1).predict(test.features)[0]!;
    const mean = train.target.reduce((sum, y) => sum + y, 0) / train.rows;
    const share = squaredError(predicted, test.target) / squaredError(new Float64Array(test.rows).fill(mean), test.target);
    expect(1 - share).toBeGreaterThan(0.6);
  });

  it("treats a weight of k as k rows", () => {
    const column = [1, 2, 3, 4, 5, 6];
    const target = [0.3, -0.1, 0.2, 0.6, 0.5, 0.1];
    const weighted = valuesOf([column], target, [1, 2, 3, 1, 2, 3]);
    const times = <T>(values: readonly T[]) => values.flatMap((value, i) => Array<T>(1 + (i % 3)).fill(value));
    const repeated = valuesOf([times(column)], times(target));
    const params = { ...STUMP, trees: 5, max_depth: 2, learning_rate: 0.5 };
    const [once, again] = [weighted, repeated].map((rows) => gbm.fit(rows, params, 1).predict(weighted.features)[0]!);
    once!.forEach((value, i) => {
      expect(value).toBeCloseTo(again![i]!, 12);
    });
  });

  it("predicts the mean when all targets are equal, and says so", () => {
    const model = gbm.fit(valuesOf([[1, 2, 3]], [0.1, 0.1, 0.1]), STUMP, 1);
    expect([model.degenerate, Array.from(model.predict([Float64Array.of(1, 9)])[0]!)]).toEqual(["constant_target", [0.1, 0.1]]);
    expect(decodeModel(model.encode()).predict([Float64Array.of(1)])[0]![0]).toBe(0.1);
  });

  it("is read back from its file and predicts the same", () => {
    const rows = nonLinearValues(23, 300);
    const model = gbm.fit(rows, resolveGbmParams({ trees: 10 }, "daily"), 2);
    const decoded = decodeModel(model.encode());
    expect(decoded.encode()).toEqual(model.encode());
    expect(decoded.predict(rows.features)).toEqual(model.predict(rows.features));
    expect([decoded.task, decoded.importance()]).toEqual(["regress", model.importance()]);
  });

  it("attributes a prediction to features, in the target's unit", () => {
    const rows = nonLinearValues(29, 300);
    const model = gbm.fit(rows, resolveGbmParams({ trees: 20 }, "5m"), 2);
    const { classOf, base, contributions } = model.attribute!(rows.features);
    expect(classOf).toEqual([]);
    const predicted = model.predict(rows.features)[0]!;
    for (let row = 0; row < 300; row++)
      expect(contributions[0]!.reduce((sum, column) => sum + column[row]!, base[0]!)).toBeCloseTo(predicted[row]!, 11);
  });

  it.each([
    [valuesOf([[1, 2]], [0.1, Number.NaN]), STUMP],
    [valuesOf([[1, 2]], [0.1, Number.POSITIVE_INFINITY]), STUMP],
    [valuesOf([[1, 2]], [0.1, 0.2]), { ...STUMP, class_weights: "balanced" as const }],
    [{ ...rowsOf([[1, 2]], [0, 1]), spans: { start: Float64Array.of(1), end: Float64Array.of(1) } }, STUMP],
  ])("refuses what it cannot use", (rows, params) => {
    expect(() => gbm.fit(rows, params, 1)).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
  });
});
