import { describe, expect, it } from "vitest";
import { pooledScores } from "#lib/backtest/pooled-scores.ts";
import { predictionsOf } from "./support.ts";

describe("pooledScores", () => {
  // Rows 0 to 3 in two folds, row 3 without a label; base rate of UP 0.6.
  const predictions = predictionsOf(
    [0.8, 0.3, 0.5, 0.9],
    [
      [0, 2],
      [2, 4],
    ],
    [],
    0.6,
  );
  const scores = pooledScores(predictions, Float64Array.of(1, -1, 1, Number.NaN));

  it("pools the rows of all folds that have a label", () => {
    expect(scores.rows).toBe(3);
    expect(scores.model.logLoss).toBeCloseTo(-(Math.log(0.8) + Math.log(0.7) + Math.log(0.5)) / 3, 12);
    expect(scores.model.brier).toBeCloseTo((0.04 + 0.09 + 0.25) / 3, 12);
    expect(scores.model.auc).toBe(1);
  });

  it("scores the prior on the same rows and compares log losses", () => {
    expect(scores.prior.logLoss).toBeCloseTo(-(Math.log(0.6) + Math.log(0.4) + Math.log(0.6)) / 3, 12);
    expect(scores.prior.auc).toBe(0.5);
    expect(scores.hasSkill).toBe(true);
    const worse = predictionsOf([0.2, 0.8, 0.5], [[0, 3]], [], 0.6);
    expect(pooledScores(worse, Float64Array.of(1, -1, 1)).hasSkill).toBe(false);
  });

  it("takes the Brier score apart, and finds the largest error of a bin", () => {
    // Bins (.7, .8], (.2, .3] and (.4, .5] with one forecast each: came, did not, came. Base rate 2/3.
    const { mce, brier } = scores.calibration;
    expect(mce).toBeCloseTo(0.5, 12);
    expect(brier.reliability).toBeCloseTo((0.04 + 0.09 + 0.25) / 3, 12);
    expect([brier.resolution, brier.uncertainty]).toEqual([expect.closeTo(2 / 9, 12), expect.closeTo(2 / 9, 12)]);
    expect(brier.reliability - brier.resolution + brier.uncertainty + brier.withinBins).toBeCloseTo(scores.model.brier, 12);
  });

  it("scores each fold by itself", () => {
    expect(scores.folds.map(({ rows }) => rows)).toEqual([2, 1]);
    expect(scores.folds[1]!.model.logLoss).toBeCloseTo(Math.LN2, 12);
    expect(scores.folds[1]!.model.auc).toBeNaN();
  });

  it("scores three classes by the class that came", () => {
    const [two] = predictionsOf([0.5], [[0, 1]]);
    const three = {
      ...two!,
      classes: [-1, 0, 1],
      baseRates: [0.25, 0.5, 0.25],
      probabilities: [Float64Array.of(0.2), Float64Array.of(0.7), Float64Array.of(0.1)],
    };
    const { model, prior } = pooledScores([three], Float64Array.of(0));
    expect(model.logLoss).toBeCloseTo(-Math.log(0.7), 12);
    expect(prior.logLoss).toBeCloseTo(Math.LN2, 12);
    expect(model.brier).toBeCloseTo(0.01, 12);
  });

  it("scores a regression by the sign that came, zero left out, and the returns beside", () => {
    const regression = predictions.map((prediction) => ({
      ...prediction,
      returns: { predicted: Float64Array.of(0.02, -0.01), trainMean: 0.005 },
    }));
    const found = pooledScores(regression, Float64Array.of(0.03, -0.02, 0, Number.NaN));
    expect(found.rows).toBe(2);
    expect(found.model.logLoss).toBeCloseTo(-(Math.log(0.8) + Math.log(0.7)) / 2, 12);
    // Errors .01, .01, .02 against .025, .025, .005.
    expect(found.regression).toEqual({
      rows: 3,
      r2: expect.closeTo(1 - 0.0006 / 0.001275, 12),
      mae: expect.closeTo(0.04 / 3, 12),
      maeOfMean: expect.closeTo(0.055 / 3, 12),
    });
    expect(scores.regression).toBeNull();
  });

  it("has nothing to say without rows", () => {
    const empty = pooledScores(predictions, new Float64Array(4).fill(Number.NaN));
    expect([empty.rows, empty.model.logLoss, empty.hasSkill]).toEqual([0, Number.NaN, false]);
  });
});
