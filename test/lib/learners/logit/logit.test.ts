import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeModel } from "#lib/learners/decode-model.ts";
import type { FittedModel, TrainingRows } from "#lib/learners/define-learner.ts";
import { logit } from "#lib/learners/logit/logit.ts";
import type { ResolvedLogitParams } from "#lib/learners/logit/params.ts";
import { readModelFile, writeModelFile } from "#lib/learners/model-file.ts";
import { nonLinearRows, rowsOf, valuesOf } from "../training-data.ts";

const PARAMS: ResolvedLogitParams = { lambda: 0.05, l1_ratio: 0.5, max_iter: 200, tol: 1e-10 };
const fitted = (rows: TrainingRows, params: Partial<ResolvedLogitParams> = {}): FittedModel => logit.fit(rows, { ...PARAMS, ...params }, 1);
const arraysOf = (model: FittedModel) => readModelFile(model.encode()).arrays;

/** The data of the golden values: 60 rows of sines and cosines. */
const INDEX = Array.from({ length: 60 }, (_, i) => i);
const X = [
  INDEX.map((i) => Math.sin(i)),
  INDEX.map((i) => Math.cos(1.7 * i)),
  INDEX.map((i) => Math.sin(0.3 * i * i)),
  INDEX.map((i) => Math.sin(i) + 0.5 * Math.cos(2.3 * i)),
];
const MARGIN = INDEX.map((i) => 1.2 * X[0]![i]! - 0.8 * X[1]![i]! + 1.5 * Math.cos(5.1 * i));
const BINARY = MARGIN.map((m) => (m > 0.1 ? 1 : 0));
const WEIGHT = INDEX.map((i) => 1 + (i % 3));

// scikit-learn 1.9.1: LogisticRegression(penalty="elasticnet", solver="saga", C=1/(lambda sum w), tol=1e-13) on features
// standardised by weighted mean and deviation; ElasticNet(alpha, l1_ratio, tol=1e-14) on the standardised target.
describe("logit against scikit-learn", () => {
  it.each([
    [
      "elastic net",
      undefined,
      {},
      -0.0039569427,
      [0.4733103336, -0.6395909651, 0, 0.247305734],
      [0.3181856649, 0.6939676367, 0.8487933779],
    ],
    ["weighted", WEIGHT, {}, -0.0822841133, [0.621273839, -0.5980377416, 0, 0.06034858378], [0.2882791187, 0.688629128, 0.8297600124]],
    [
      "lasso",
      undefined,
      { lambda: 0.1, l1_ratio: 1 },
      -0.0005311564,
      [0.3703104335, -0.3372475904, 0, 0],
      [0.3813708429, 0.6207220078, 0.7160151743],
    ],
    [
      "ridge",
      undefined,
      { lambda: 0.1, l1_ratio: 0 },
      -0.004206885,
      [0.3944943193, -0.5615531069, 0.008442666462, 0.3078662925],
      [0.350613524, 0.6793745485, 0.8309116456],
    ],
  ])("finds the coefficients and probabilities of %s", (_, weight, params, intercept, slope, probabilities) => {
    const rows = rowsOf(X, BINARY, weight);
    const model = fitted(rows, params);
    expect(arraysOf(model)["intercept"]![0]).toBeCloseTo(intercept, 7);
    expect(Array.from(arraysOf(model)["slope"]!)).toEqual(slope.map((b) => expect.closeTo(b, 7)));
    expect(Array.from(model.predict(rows.features)[1]!.subarray(0, 3))).toEqual(probabilities.map((p) => expect.closeTo(p, 7)));
    expect(model.notes).toEqual([]);
  });

  it("fits three classes one against the rest, then normalises", () => {
    const rows = rowsOf(
      X,
      MARGIN.map((m) => (m < -0.6 ? 0 : m < 0.6 ? 1 : 2)),
      undefined,
      [-1, 0, 1],
    );
    const model = fitted(rows);
    const { intercept, slope } = arraysOf(model);
    expect(Array.from(intercept!)).toEqual([-0.4681231968, -2.0393526779, -0.0862752545].map((b) => expect.closeTo(b, 7)));
    expect(Array.from(slope!)).toEqual(
      [
        -0.6203690565, 0.5363683242, -0.001592685127, -0.003606014124, 0, 0.1787892337, 0.07484918537, 0, 0.5826898315, -0.7421340091, 0,
        0.1350490395,
      ].map((b) => expect.closeTo(b, 7)),
    );
    const one = [0.5744359235, 0.1410306006, 0.2576399817];
    const sum = one.reduce((total, p) => total + p, 0);
    expect(model.predict(rows.features).map((column) => column[0])).toEqual(one.map((p) => expect.closeTo(p / sum, 7)));
  });

  it.each([
    [
      "equal weights",
      undefined,
      [0.404458869, -0.3323564326, -0.02271165589, 0.06025524838],
      [-0.008274308849, 0.02029704829, 0.03275064121],
      0.02855102850137,
    ],
    [
      "weights",
      WEIGHT,
      [0.4188086653, -0.3304006682, -0.03219744092, 0.04228950708],
      [-0.008527891938, 0.02058469508, 0.03260303554],
      0.0286572485308,
    ],
  ])("fits a number by the elastic net of least squares: %s", (_, weight, slope, predicted, deviation) => {
    const rows = valuesOf(
      X,
      MARGIN.map((m) => 0.02 * m + 0.003),
      weight,
    );
    const model = fitted(rows, { lambda: 0.1 });
    expect(Array.from(arraysOf(model)["slope"]!, (b) => b / deviation)).toEqual(slope.map((b) => expect.closeTo(b, 7)));
    expect(Array.from(model.predict(rows.features)[0]!.subarray(0, 3))).toEqual(predicted.map((y) => expect.closeTo(y, 9)));
    expect([model.task, model.degenerate]).toEqual(["regress", null]);
  });
});

describe("logit", () => {
  it("drops constant, unknown and infinite columns, and puts unknown values at the mean", () => {
    const nan = Number.NaN;
    const column = [1, 2, nan, 4, 5, 6];
    const rows = rowsOf(
      [column, [7, 7, 7, 7, 7, 7], Array(6).fill(nan), [0.1 + 0.2, 0.3, 0.3, 0.3, 0.3, 0.3], [1, 1, Number.POSITIVE_INFINITY, 1, 1, 1]],
      [0, 0, 1, 1, 0, 1],
    );
    const model = fitted(rows, { lambda: 0.01 });
    const { center, scale } = arraysOf(model);
    expect(center![0]).toBeCloseTo(3.6, 12);
    // The fourth differs by rounding only.
    expect(Array.from(scale!.subarray(1))).toEqual([0, 0, 0, 0]);
    const at = (x: number) => model.predict([x, 0, 0, 0, 0].map((value) => Float64Array.of(value)))[1]![0]!;
    expect(at(nan)).toBeCloseTo(at(3.6), 12);
    expect(at(Number.POSITIVE_INFINITY)).toBe(at(nan));
    expect(at(1e308)).toBeGreaterThan(at(6));
  });

  it("standardises with the training rows alone: a fresh row changes nothing of the fit, a scaled feature nothing of the result", () => {
    const rows = nonLinearRows(3, 300);
    const scaled = { ...rows, features: rows.features.map((column, j) => column.map((x) => 10 ** j * x + j)) };
    const [plain, same] = [fitted(rows).predict(rows.features)[1]!, fitted(scaled).predict(scaled.features)[1]!];
    same.forEach((p, i) => {
      expect(p).toBeCloseTo(plain[i]!, 9);
    });
  });

  it("meets the conditions of an optimum, whatever the data", () => {
    const shape = fc.record({ seed: fc.nat(1e5), lambda: fc.constantFrom(0.003, 0.03, 0.3), l1_ratio: fc.constantFrom(0, 0.3, 1) });
    fc.assert(
      fc.property(shape, ({ seed, lambda, l1_ratio }) => {
        const rows = nonLinearRows(seed, 80);
        fc.pre(rows.target.includes(0) && rows.target.includes(1));
        const model = fitted(rows, { lambda, l1_ratio });
        const { center, scale, slope } = arraysOf(model);
        const p = model.predict(rows.features)[1]!;
        const total = rows.weight.reduce((sum, w) => sum + w, 0);
        const gradient = rows.features.map((column, j) =>
          column.reduce((sum, x, i) => {
            const z = Number.isNaN(x) ? 0 : (x - center![j]!) / scale![j]!;
            return sum + (rows.weight[i]! / total) * z * (rows.target[i]! - p[i]!);
          }, 0),
        );
        for (const [j, g] of gradient.entries()) {
          const b = slope![j]!;
          // Subgradient of the penalty: lambda l1 sign(b) + lambda (1 - l1) b, or within lambda l1 at 0.
          if (b === 0) expect(Math.abs(g)).toBeLessThanOrEqual(lambda * l1_ratio + 1e-8);
          else expect(g).toBeCloseTo(lambda * (l1_ratio * Math.sign(b) + (1 - l1_ratio) * b), 8);
        }
        expect(rows.weight.reduce((sum, w, i) => sum + (w / total) * (rows.target[i]! - p[i]!), 0)).toBeCloseTo(0, 8);
      }),
      { numRuns: 60 },
    );
  });

  it("stays finite on classes that a line parts, and says when it did not converge", () => {
    const rows = rowsOf([[1, 2, 3, 4]], [0, 0, 1, 1]);
    const slope = arraysOf(fitted(rows, { lambda: 1e-4 }))["slope"]![0]!;
    expect(slope).toBeGreaterThan(1);
    expect(slope).toBeLessThan(100);
    expect(fitted(rows, { lambda: 0, max_iter: 3 }).notes).toEqual(["not_converged"]);
  });

  it("attributes margins to features exactly", () => {
    const rows = nonLinearRows(5, 100, 3);
    const model = fitted(rows, { lambda: 0.005 });
    const { classOf, base, contributions } = model.attribute!(rows.features);
    expect(classOf).toEqual([0, 1, 2]);
    const probabilities = model.predict(rows.features);
    for (let row = 0; row < 100; row++) {
      const odds = base.map((start, m) => 1 / (1 + Math.exp(-contributions[m]!.reduce((sum, column) => sum + column[row]!, start))));
      const sum = odds.reduce((total, p) => total + p, 0);
      for (const [k, p] of odds.entries()) expect(probabilities[k]![row]).toBeCloseTo(p / sum, 12);
    }
  });

  it("ranks features by the size of their standardised coefficients", () => {
    const model = fitted(rowsOf(X, BINARY));
    expect(model.importance().map(({ feature }) => feature)).toEqual(["f1", "f0", "f3", "f2"]);
    expect(model.importance()[0]).toEqual({ feature: "f1", gain: expect.closeTo(0.6395909651, 7), cover: 0, splits: 0 });
  });

  it.each([
    ["another number of slopes", { slope: new Float64Array(2) }],
    ["NaN", { intercept: Float64Array.of(Number.NaN) }],
    ["an array too many", { extra: new Float64Array(1) }],
  ])("refuses a file with %s", (_, arrays) => {
    const file = readModelFile(fitted(rowsOf([[1, 2, 3, 4]], [0, 1, 0, 1])).encode());
    expect(() => decodeModel(writeModelFile({ header: file.header, arrays: { ...file.arrays, ...arrays } }))).toThrowError(
      expect.objectContaining({ code: "ARTIFACT_CORRUPT" }),
    );
  });
});
