import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import { calibratorFromJson, fitCalibrator } from "#lib/learners/calibration/calibrator.ts";
import { marginsOf, sigmoid } from "#lib/learners/logistic.ts";

const ones = (rows: number) => new Float64Array(rows).fill(1);
const binary = (margins: Float64Array) => [margins.map((m) => sigmoid(-m)), margins.map((m) => sigmoid(m))];

/** Margins twice as sure as they should be: the true log-odds are half of them. */
function overconfident(rows: number, slope = 0.5) {
  const rng = createRng(`calibration/${slope}`);
  const margins = Float64Array.from({ length: rows }, () => 2 * rng.normal());
  return { margins, target: Int32Array.from(margins, (m) => (rng.uniform() < sigmoid(slope * m) ? 1 : 0)) };
}

/** Three classes whose scores are twice as sure as they should be. */
function threeClasses(rows: number, skill = 1) {
  const rng = createRng(`three/${skill}`);
  const columns = [0, 1, 2].map(() => Float64Array.from({ length: rows }, () => rng.normal()));
  const soft = (factor: number, i: number) => {
    const e = columns.map((column) => Math.exp(factor * column[i]!));
    return e.map((v) => v / (e[0]! + e[1]! + e[2]!));
  };
  const target = Int32Array.from({ length: rows }, (_, i) => {
    const [p0, p1] = soft(skill, i);
    const u = rng.uniform();
    return u < p0! ? 0 : u < p0! + p1! ? 1 : 2;
  });
  return { target, probabilities: [0, 1, 2].map((k) => Float64Array.from({ length: rows }, (_, i) => soft(2, i)[k]!)) };
}

describe("fitCalibrator", () => {
  // The worked example of Platt scaling.
  const f = [-2, -1.5, -1, -0.5, -0.2, 0.1, 0.4, 0.9, 1.3, 2];
  const y = [0, 0, 0, 1, 0, 0, 1, 1, 1, 1];

  it("has no confidence in the slope of ten rows whose z is too small", () => {
    // A = -1.1132 with these rows: z about 1.6.
    const calibrator = fitCalibrator("sigmoid", [Float64Array.from(f)], Int32Array.from(y), ones(10));
    expect(calibrator.notes).toEqual(["no_skill"]);
    expect(calibrator.apply(binary(Float64Array.of(-1, 3)))).toEqual([Float64Array.of(0.5, 0.5), Float64Array.of(0.5, 0.5)]);
  });

  it("maps margins through the sigmoid when the slope is significant", () => {
    const { margins, target } = overconfident(5000);
    const calibrator = fitCalibrator("sigmoid", [margins], target, ones(5000));
    const [map] = calibrator.toJson().maps;
    expect(calibrator.notes).toEqual([]);
    expect(map).toMatchObject({ map: "platt", a: expect.closeTo(-0.5, 1), b: expect.closeTo(0, 1) });
    const [down, up] = calibrator.apply(binary(Float64Array.of(-2, 0, 2)));
    expect(Array.from(up!)).toEqual([-1, 0, 1].map((m) => expect.closeTo(sigmoid(m), 1)));
    expect(down!.map((p, i) => p + up![i]!)).toEqual(Float64Array.of(1, 1, 1));
  });

  it("fits a step function on 1,000 rows, and a sigmoid, with a note, on 999", () => {
    const { margins, target } = overconfident(1000);
    const full = fitCalibrator("isotonic", [margins], target, ones(1000));
    expect(full.notes).toEqual([]);
    expect(full.toJson().maps[0]!.map).toBe("isotonic");
    const less = fitCalibrator("isotonic", [margins.subarray(1)], target.subarray(1), ones(999));
    expect(less.notes).toEqual(["isotonic_too_few_rows"]);
    expect(less.toJson()).toMatchObject({ kind: "isotonic", rows: 999, maps: [{ map: "platt" }] });
  });

  it("never lets an isotonic block claim certainty", () => {
    const { margins, target } = overconfident(2000);
    const up = fitCalibrator("isotonic", [margins], target, ones(2000)).apply(binary(Float64Array.of(-39, 39)))[1]!;
    const positives = target.reduce((sum, k) => sum + k, 0);
    expect(up[0]).toBeGreaterThanOrEqual(1 / (2000 - positives + 2));
    expect(up[1]).toBeLessThanOrEqual((positives + 1) / (positives + 2));
  });

  it.each(["sigmoid", "isotonic"] as const)("predicts the weighted base rate when scores are reversed or noise: %s", (kind) => {
    for (const slope of [-0.5, 0]) {
      const { margins, target } = overconfident(1500, slope);
      const weight = Float64Array.from(target, (k) => (k === 1 ? 3 : 1));
      const calibrator = fitCalibrator(kind, [margins], target, weight);
      const positives = target.reduce((sum, k) => sum + k, 0);
      expect(calibrator.notes).toEqual(["no_skill"]);
      const rate = (3 * positives) / (1500 + 2 * positives);
      expect(Array.from(calibrator.apply(binary(Float64Array.of(-3, 3)))[1]!)).toEqual([rate, rate].map((p) => expect.closeTo(p, 12)));
    }
  });

  it("trusts overlapping labels for no more rows than they amount to", () => {
    const { margins, target } = overconfident(600, 0.3);
    expect(fitCalibrator("sigmoid", [margins], target, ones(600)).notes).toEqual([]);
    expect(fitCalibrator("sigmoid", [margins], target, ones(600), { effectiveRows: 30 }).notes).toEqual(["no_skill"]);
  });

  it("smooths the base rate of rows of one class, and says so", () => {
    const calibrator = fitCalibrator("sigmoid", [Float64Array.of(1, 2, 3)], Int32Array.of(1, 1, 1), ones(3));
    expect(calibrator.notes).toEqual(["single_class", "no_skill"]);
    expect(calibrator.apply(binary(Float64Array.of(0)))[1]![0]).toBeCloseTo(4 / 5, 14);
  });

  it("leaves probabilities alone when asked to, and when there is nothing to fit on", () => {
    const probabilities = binary(Float64Array.of(-1, 2));
    expect(fitCalibrator("none", [Float64Array.of(1)], Int32Array.of(1), ones(1)).apply(probabilities)).toEqual(probabilities);
    const empty = fitCalibrator("sigmoid", [Float64Array.of()], Int32Array.of(), ones(0));
    expect(empty.notes).toEqual(["no_rows"]);
    expect(empty.apply(probabilities)).toEqual(probabilities);
  });

  it.each(["sigmoid", "isotonic"] as const)("calibrates three classes one against the rest, then normalises: %s", (kind) => {
    const [fit, fresh] = [threeClasses(4000), threeClasses(3000, 1.0001)];
    const calibrator = fitCalibrator(kind, marginsOf(fit.probabilities), fit.target, ones(4000));
    expect(calibrator.notes).toEqual([]);
    const loss = (columns: readonly Float64Array[]) => fresh.target.reduce((sum, k, i) => sum - Math.log(columns[k]![i]!), 0) / 3000;
    const calibrated = calibrator.apply(fresh.probabilities);
    expect(loss(calibrated)).toBeLessThan(loss(fresh.probabilities) - 0.02);
    for (let i = 0; i < 50; i++) expect(calibrated.reduce((sum, column) => sum + column[i]!, 0)).toBeCloseTo(1, 12);
  });

  it("gives base rates to the classes without skill, and says whether it was some or all", () => {
    const { target, probabilities } = threeClasses(3000, 0);
    expect(fitCalibrator("sigmoid", marginsOf(probabilities), target, ones(3000)).notes).toEqual(["no_skill"]);
    const skilled = threeClasses(3000);
    const margins = marginsOf(skilled.probabilities);
    margins[1] = new Float64Array(3000);
    const partial = fitCalibrator("sigmoid", margins, skilled.target, ones(3000));
    expect(partial.notes).toEqual(["no_skill_partial"]);
    expect(partial.toJson().maps.map(({ map }) => map)).toEqual(["platt", "base_rate", "platt"]);
  });

  it("passes NaN through", () => {
    const { margins, target } = overconfident(1500);
    for (const kind of ["sigmoid", "isotonic"] as const) {
      const [down, up] = fitCalibrator(kind, [margins], target, ones(1500)).apply([
        Float64Array.of(Number.NaN),
        Float64Array.of(Number.NaN),
      ]);
      expect([down![0], up![0]]).toEqual([Number.NaN, Number.NaN]);
    }
    const flat = fitCalibrator("sigmoid", [Float64Array.from(f)], Int32Array.from(y), ones(10));
    expect(flat.apply([Float64Array.of(Number.NaN), Float64Array.of(Number.NaN)])[1]![0]).toBeNaN();
  });

  it.each<[string, Float64Array[], number]>([
    ["no scores", [], 2],
    ["two score arrays", [Float64Array.of(1, 2), Float64Array.of(1, 2)], 2],
    ["scores of another length", [Float64Array.of(1)], 2],
    ["NaN", [Float64Array.of(1, Number.NaN)], 2],
  ])("refuses %s", (_, scores, rows) => {
    expect(() => fitCalibrator("sigmoid", scores, new Int32Array(rows), ones(rows))).toThrowError(
      expect.objectContaining({ code: "INVALID_PARAM" }),
    );
  });

  it("refuses probabilities of another number of classes", () => {
    const calibrator = fitCalibrator("none", [Float64Array.of(1)], Int32Array.of(1), ones(1));
    expect(() => calibrator.apply([ones(1)])).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
  });

  it("never reverses the order of two margins", () => {
    const { margins, target } = overconfident(1200);
    const calibrators = (["sigmoid", "isotonic"] as const).map((kind) => fitCalibrator(kind, [margins], target, ones(1200)));
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: -50, max: 50, noNaN: true }), (a, b) => {
        for (const calibrator of calibrators) {
          const [low, high] = calibrator.apply(binary(Float64Array.of(Math.min(a, b), Math.max(a, b))))[1]!;
          expect(high! - low!).toBeGreaterThanOrEqual(-1e-15);
        }
      }),
    );
  });
});

describe("calibratorFromJson", () => {
  it("restores what toJson gave, also through text", () => {
    const { margins, target } = overconfident(1200);
    for (const kind of ["none", "sigmoid", "isotonic"] as const) {
      const calibrator = fitCalibrator(kind, [margins], target, ones(1200));
      const restored = calibratorFromJson(JSON.parse(JSON.stringify(calibrator.toJson())));
      expect(restored.toJson()).toEqual(calibrator.toJson());
      expect(restored.apply(binary(margins))).toEqual(calibrator.apply(binary(margins)));
    }
  });

  it("refuses what it cannot have written", () => {
    const map = { map: "isotonic", scores: [0, 1], values: [0.2, 0.8], z: 3 };
    const json = { schema_version: 1, kind: "isotonic", classes: 2, rows: 1000, notes: [], maps: [map] };
    expect(calibratorFromJson(json).notes).toEqual([]);
    const wrong = [
      { ...json, schema_version: 2 },
      { ...json, classes: 3 },
      { ...json, maps: [{ ...map, values: [0.8, 0.2] }] },
      { ...json, maps: [{ ...map, scores: [1, 1] }] },
      { ...json, maps: [{ ...map, values: [0.2] }] },
      { ...json, extra: 1 },
    ];
    for (const bad of wrong) expect(() => calibratorFromJson(bad)).toThrowError(expect.objectContaining({ code: "ARTIFACT_CORRUPT" }));
  });
});

describe("marginsOf", () => {
  it("is the log-odds of the second of two classes, exact for small probabilities", () => {
    const [margins] = marginsOf(binary(Float64Array.of(-30, -1, 0, 35)));
    expect(Array.from(margins!)).toEqual([-30, -1, 0, 35].map((m) => expect.closeTo(m, 10)));
  });

  it("has one array for each of three classes, bounded", () => {
    const margins = marginsOf([Float64Array.of(0.5), Float64Array.of(0.5), Float64Array.of(0)]);
    expect(margins.map((column) => column[0])).toEqual([0, 0, -40]);
  });
});
