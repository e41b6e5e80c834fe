import { describe, expect, it } from "vitest";
import { evaluatePaths, preparePaths } from "#lib/backtest/evaluate-paths.ts";
import { evaluateVariant } from "#lib/backtest/evaluate-variant.ts";
import { fitCalibrated, fitFold } from "#lib/backtest/fit-fold.ts";
import { type FoldPrediction, testBlocksOf } from "#lib/backtest/fold-prediction.ts";
import { decisionEndRow, developmentView, holdoutFold } from "#lib/backtest/holdout.ts";
import { outerFolds } from "#lib/backtest/outer-folds.ts";
import { pathsOf } from "#lib/backtest/paths.ts";
import { pooledScores } from "#lib/backtest/pooled-scores.ts";
import { decodePrediction, encodePrediction } from "#lib/backtest/predictions-codec.ts";
import { SplitsSchema, WalkForwardSchema } from "#lib/backtest/splits.schema.ts";
import { walkForwardFolds } from "#lib/backtest/splits.ts";
import { timeAxis } from "#lib/backtest/time-axis.ts";
import { createRng } from "#lib/core/rng.ts";
import { calibratedProbabilities } from "#lib/learners/calibration/calibrated-probabilities.ts";
import { type LearnerConfig, LearnerSchema } from "#lib/learners/learner.schema.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { type Bar, contextOf, inputOf, matrixOf, randomBars, variantOf } from "./support.ts";

const ROWS = 900;
const LABEL = {
  kind: "forward_return",
  unit: "bars",
  task: "classify",
  entry: "decision_close",
  horizon: 3,
  band: { kind: "none" },
} as const;
const SPLITS = WalkForwardSchema.parse({ splits: 3 });
const GBM = LearnerSchema.parse({ algo: "gbm", params: { trees: 40, max_depth: 2, min_child_rows: 10 } });
const PRIOR = LearnerSchema.parse({ algo: "prior" });

/** A walk whose next return leans towards a feature known at the close; `strength` 0 = noise. */
function planted(strength: number, seed = "planted"): Matrix {
  const rng = createRng(seed);
  const hint = Float64Array.from({ length: ROWS }, () => rng.normal());
  const other = Float64Array.from({ length: ROWS }, () => rng.normal());
  const bars: Bar[] = [];
  let close = 100;
  for (let row = 0; row < ROWS; row++) {
    const open = close;
    close = open * Math.exp(0.01 * (strength * (row > 0 ? hint[row - 1]! : 0) + rng.normal()));
    bars.push([open, Math.max(open, close) * 1.002, Math.min(open, close) * 0.998, close]);
  }
  return matrixOf(bars, { label: LABEL, features: { hint, other } });
}

function fitAll(matrix: Matrix, learner: LearnerConfig = GBM): FoldPrediction[] {
  return walkForwardFolds(matrix, SPLITS, 3).folds.map((fold) => fitFold(matrix, fold, learner, SPLITS.inner_folds));
}

describe("fitFold", () => {
  const matrix = developmentView(planted(0.8), SPLITS.holdout_share).matrix;
  const predictions = fitAll(matrix);

  it("finds a planted edge out of sample, beats the prior's log loss and earns money", () => {
    const scores = pooledScores(predictions, matrix.y);
    expect(scores.hasSkill).toBe(true);
    expect(scores.model.auc).toBeGreaterThan(0.6);
    expect(scores.prior.auc).toBeLessThan(0.56);
    const context = contextOf(matrix, predictions, { longestHoldBars: 6 });
    const { metrics } = evaluateVariant(context, variantOf({ threshold_mode: "edge", threshold: 0.1 }));
    expect(metrics.trades).toBeGreaterThan(50);
    expect(metrics.residual.sharpe!).toBeGreaterThan(1);
  });

  it("says the base rates, with the reason, when inner folds show no skill", () => {
    const noise = developmentView(planted(0, "noise"), SPLITS.holdout_share).matrix;
    const folds = fitAll(noise);
    const without = folds.filter((fold) => fold.calibration.reason === "no_skill");
    expect(without.length).toBeGreaterThan(0);
    for (const fold of without) {
      expect(fold.notes).toContain("no_skill");
      expect(new Set(fold.probabilities[1])).toEqual(new Set([fold.baseRates[1]]));
    }
    const context = contextOf(noise, without);
    expect(evaluateVariant(context, variantOf({ threshold_mode: "edge", threshold: 0 })).metrics.trades).toBe(0);
  });

  it("weights training rows by the uniqueness of their labels", () => {
    const fold = predictions[0]!;
    // Labels of 3 bars: about a third of the rows are independent.
    expect(fold.effectiveRows / fold.trainRows).toBeGreaterThan(0.3);
    expect(fold.effectiveRows / fold.trainRows).toBeLessThan(0.36);
    expect(fold.baseRates[0]! + fold.baseRates[1]!).toBeCloseTo(1, 12);
  });

  it("lets labels that overlap count for less, unless weights are equal", () => {
    // Rows 0-99 are UP with labels laid end to end; rows 100-199 are DOWN, each label spanning about four others.
    const flat = matrixOf(
      Array.from({ length: 220 }, () => [1, 1, 1, 1] as const),
      { label: LABEL, features: { a: new Float64Array(220) } },
    );
    const mixed = {
      ...flat,
      y: flat.y.map((_, row) => (row < 100 ? 1 : -1)),
      t1: flat.ts.map((_, row) => flat.ts[Math.min(219, row < 100 ? row + 1 : row + 4)]!),
    };
    const rows = Int32Array.from({ length: 200 }, (_, row) => row);
    const share = (config: LearnerConfig): number => fitCalibrated(mixed, rows, config, 3, 0).baseRates[1]!;
    expect(share(LearnerSchema.parse({ algo: "prior", sample_weights: "equal" }))).toBe(0.5);
    // 100 independent labels against about 26.
    expect(share(PRIOR)).toBeGreaterThan(0.77);
    expect(share(PRIOR)).toBeLessThan(0.81);
  });

  it("takes slice probabilities from models that did not see the row", () => {
    const fold = predictions[0]!;
    expect(fold.slice[1]).toHaveLength(fold.trainRows);
    // In-sample probabilities would order the training labels far better than any out-of-fold model can.
    const labels = Float64Array.from(walkForwardFolds(matrix, SPLITS, 3).folds[0]!.train, (row) => matrix.y[row]!);
    const right = fold.slice[1]!.filter((p, i) => p > 0.5 === labels[i]! > 0).length / labels.length;
    expect(right).toBeLessThan(0.72);
  });

  it("predicts the prior from one class, with a note", () => {
    const oneClass = { ...matrix, y: matrix.y.map((value) => (Number.isNaN(value) ? value : 1)) };
    const [fold] = fitAll(oneClass);
    expect([fold!.notes, fold!.baseRates]).toEqual([["single_class"], [0, 1]]);
    expect(new Set(fold!.probabilities[1])).toEqual(new Set([1]));
    const context = contextOf(oneClass, [fold!]);
    expect(evaluateVariant(context, variantOf({ threshold_mode: "edge", threshold: 0 })).metrics.trades).toBe(0);
  });

  it("gives the prior learner's folds no edge at all", () => {
    const folds = fitAll(matrix, PRIOR);
    const scores = pooledScores(folds, matrix.y);
    expect(scores.model).toEqual(scores.prior);
    expect(scores.hasSkill).toBe(false);
    expect(evaluateVariant(contextOf(matrix, folds), variantOf({ threshold_mode: "edge", threshold: 0 })).metrics.trades).toBe(0);
  });

  it("falls back to a sigmoid when isotonic has too few rows", () => {
    const isotonic = LearnerSchema.parse({ ...GBM, calibration: "isotonic" });
    expect(fitAll(matrix, isotonic).at(-1)!.calibration).toEqual({ method: "sigmoid", reason: "isotonic_too_few_rows" });
  });

  it("fits within the matrix's training hours only", () => {
    const { info } = matrix;
    const hourly = { ...matrix, hourEt: matrix.hourEt.map((_, row) => 9 + (row % 2)), info: { ...info, trainHours: [10] } };
    const rows = walkForwardFolds(hourly, SPLITS, 3).folds[0]!.train;
    expect(fitCalibrated(hourly, rows, GBM, 3, 3).trainRows).toBe(rows.filter((row) => row % 2 === 1).length);
  });

  describe("with any learner", () => {
    const learners = [
      ["gbm", { trees: 20 }],
      ["rf", { trees: 10, min_child_rows: 5 }],
      ["cart", { max_rows: 120 }],
      ["logit", {}],
      ["prior", {}],
    ] as const;
    const firstRows = (data: Matrix, count: number) =>
      Int32Array.from({ length: count }, (_, row) => row).filter((row) => !Number.isNaN(data.y[row]!));
    const regression = {
      ...matrix,
      y: matrix.retFwd,
      info: { ...matrix.info, label: { ...LABEL, task: "regress" as const }, classes: [] },
    };

    it.each(learners)("%s survives 12 rows, 90 %% of one class and one class alone", (algo, params) => {
      const learner = LearnerSchema.parse({ algo, params });
      const banded = { ...LABEL, band: { kind: "fixed_bps" as const, bps: 100 } };
      const flat = {
        ...matrix,
        y: matrix.y.map((value, row) => (row % 10 === 0 ? value : 0)),
        info: { ...matrix.info, label: banded, classes: [-1, 0, 1] },
      };
      const still = { ...regression, y: regression.y.map((value, row) => (row % 10 === 0 ? value : 0)) };
      const one = { ...matrix, y: matrix.y.map(() => -1) };
      for (const [data, count] of [
        [matrix, 12],
        [regression, 12],
        [flat, 300],
        [still, 300],
        [one, 100],
      ] as const) {
        const fitted = fitCalibrated(data, firstRows(data, count), learner, 3, 3);
        expect(fitted.baseRates.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
        const features = data.features.map((column) => column.subarray(400, 420));
        const probabilities = calibratedProbabilities(fitted.model, fitted.calibrator, features);
        for (let row = 0; row < 20; row++) expect(probabilities.reduce((sum, column) => sum + column[row]!, 0)).toBeCloseTo(1, 9);
      }
    });

    it("tells the fold that a tree was grown on a part of the rows, and that no tree survived early stopping", () => {
      const cart = LearnerSchema.parse({ algo: "cart", params: { max_rows: 50 } });
      expect(fitAll(matrix, cart)[0]!.notes).toContain("rows_subsampled");
      const noise = developmentView(planted(0, "noise"), SPLITS.holdout_share).matrix;
      const stopping = LearnerSchema.parse({
        algo: "gbm",
        params: { trees: 60, learning_rate: 0.5, max_depth: 6, early_stopping_rounds: 10 },
      });
      expect(fitAll(noise, stopping).flatMap(({ notes }) => notes)).toContain("early_stopping_kept_no_tree");
    });

    it("never reads a row of its test block or later when it stops early", () => {
      const stopping = LearnerSchema.parse({ algo: "gbm", params: { trees: 60, early_stopping_rounds: 5 } });
      const fold = walkForwardFolds(matrix, SPLITS, 3).folds[1]!;
      const spoilt = (column: Float64Array): Float64Array => column.map((value, row) => (row >= fold.testStart ? Number.NaN : value));
      const poisoned = {
        ...matrix,
        y: spoilt(matrix.y),
        t1: spoilt(matrix.t1),
        close: spoilt(matrix.close),
        retFwd: spoilt(matrix.retFwd),
      };
      expect(encodePrediction(fitFold(poisoned, fold, stopping, 3))).toEqual(encodePrediction(fitFold(matrix, fold, stopping, 3)));
    });

    it("trains with class weights and still says the base rates on average", () => {
      const [plain, weighted] = [{}, { class_weights: { "1": 8 } }].map(
        (params) => fitAll(matrix, LearnerSchema.parse({ ...GBM, params: { ...GBM.params, ...params }, calibration: "none" })).at(-1)!,
      );
      const mean = (fold: FoldPrediction) => fold.probabilities[1]!.reduce((sum, p) => sum + p, 0) / fold.probabilities[1]!.length;
      expect(Math.abs(mean(weighted!) - mean(plain!))).toBeLessThan(0.06);
      expect(weighted!.baseRates).toEqual(plain!.baseRates);
    });
  });

  describe("of returns", () => {
    const label = { ...LABEL, task: "regress" } as const;
    const { info } = matrix;
    /** The same matrix with the return itself as the label. */
    const returns: Matrix = { ...matrix, y: matrix.retFwd, info: { ...info, label, classes: [] } };
    const folds = fitAll(returns);

    it("calibrates predicted returns to probabilities of UP that beat the base rate of signs and trade", () => {
      const scores = pooledScores(folds, returns.y);
      expect(folds[0]!.classes).toEqual([-1, 1]);
      expect(folds.at(-1)!.calibration).toEqual({ method: "sigmoid", reason: null });
      expect(scores.hasSkill).toBe(true);
      expect(scores.model.auc).toBeGreaterThan(0.6);
      expect(scores.regression!.r2).toBeGreaterThan(0.02);
      expect(scores.regression!.mae).toBeLessThan(scores.regression!.maeOfMean);
      const { metrics } = evaluateVariant(
        contextOf(returns, folds, { longestHoldBars: 6 }),
        variantOf({ threshold_mode: "edge", threshold: 0.1 }),
      );
      expect(metrics.trades).toBeGreaterThan(50);
      expect(metrics.residual.sharpe!).toBeGreaterThan(1);
    });

    it("takes the shares of the signs as base rates, weighted, zero left out", () => {
      const rows = Int32Array.of(0, 1, 2, 3);
      const four = { ...returns, y: returns.y.map((_, row) => [0.01, -0.01, 0, 0.02][row % 4]!) };
      const equal = LearnerSchema.parse({ algo: "prior", sample_weights: "equal" });
      expect(fitCalibrated(four, rows, equal, 2, 0).baseRates).toEqual([1 / 3, 2 / 3]);
    });

    it("does not depend on the size of returns", () => {
      const small = { ...returns, y: returns.y.map((value) => value * 2 ** -12) };
      for (const calibration of ["sigmoid", "isotonic"] as const) {
        const learner = LearnerSchema.parse({ ...GBM, calibration });
        const [plain, scaled] = [returns, small].map((data) => fitAll(data, learner)[2]!);
        scaled!.probabilities[1]!.forEach((p, i) => {
          expect(p).toBeCloseTo(plain!.probabilities[1]![i]!, 9);
        });
      }
    });

    it("says the base rates when returns follow nothing, and for the prior learner", () => {
      const noise = developmentView(planted(0, "noise"), SPLITS.holdout_share).matrix;
      const without = fitAll({ ...noise, y: noise.retFwd, info: { ...noise.info, label, classes: [] } }).filter(({ notes }) =>
        notes.includes("no_skill"),
      );
      expect(without.length).toBeGreaterThan(0);
      for (const fold of [...without, ...fitAll(returns, PRIOR)]) {
        expect(new Set(fold.probabilities[1])).toEqual(new Set([fold.baseRates[1]]));
        expect(fold.calibration.reason).toBe("no_skill");
      }
    });

    it("predicts the one sign that there is, with a note", () => {
      const rising = { ...returns, y: returns.y.map(Math.abs) };
      const [fold] = fitAll(rising);
      expect([fold!.notes, fold!.baseRates]).toEqual([["single_class"], [0, 1]]);
      expect(new Set(fold!.probabilities[1])).toEqual(new Set([1]));
    });

    it("is stored and read back with its predicted returns, block by block too", () => {
      const { returns: own, ...rest } = folds[0]!;
      expect(own!.predicted).toHaveLength(rest.testEnd - rest.testStart);
      expect(decodePrediction(encodePrediction(folds[0]!))).toEqual(folds[0]!);
      const cpcv = outerFolds(returns, SplitsSchema.parse({ kind: "cpcv", n_groups: 4, k_test: 2 })).folds.map((fold) =>
        fitFold(returns, fold, PRIOR, 3),
      );
      const paths = pathsOf(
        cpcv.map((fold) => ({ ...fold, returns: { ...fold.returns!, predicted: fold.probabilities[1]!.map((_, i) => i) } })),
      );
      for (const { testStart, testEnd, returns: block } of paths.flatMap(({ predictions: blocks }) => blocks))
        expect(block!.predicted).toHaveLength(testEnd - testStart);
      // The second block of a split begins where its first one ends.
      const second = paths[0]!.predictions[3]!.returns!.predicted;
      expect(second[0]).toBe(testBlocksOf(cpcv[2]!)[0]!.end - testBlocksOf(cpcv[2]!)[0]!.start);
    });
  });

  it("is the same to the byte when fitted again", () => {
    const again = fitFold(matrix, walkForwardFolds(matrix, SPLITS, 3).folds[1]!, GBM, 3);
    expect(encodePrediction(again)).toEqual(encodePrediction(predictions[1]!));
  });

  it("never reads more than the training rows of a combinatorial split, whatever else there is", () => {
    const cpcv = outerFolds(matrix, SplitsSchema.parse({ kind: "cpcv", n_groups: 4, k_test: 2 })).folds;
    for (const fold of [cpcv[1]!, cpcv[4]!]) {
      const own = new Set(fold.train);
      const tested = new Set(testBlocksOf(fold).flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)));
      expect(own.size + tested.size).toBeLessThan(matrix.rows);
      const spoilt = (column: Float64Array): Float64Array => column.map((value, row) => (own.has(row) ? value : Number.NaN));
      const poisoned = {
        ...matrix,
        y: spoilt(matrix.y),
        t1: spoilt(matrix.t1),
        close: spoilt(matrix.close),
        retFwd: spoilt(matrix.retFwd),
        features: matrix.features.map((column) => column.map((value, row) => (own.has(row) || tested.has(row) ? value : 1e9))),
      };
      expect(encodePrediction(fitFold(poisoned, fold, GBM, 3))).toEqual(encodePrediction(fitFold(matrix, fold, GBM, 3)));
    }
  });

  it("predicts each block of a combinatorial split as a fold of that block alone would", () => {
    const fold = outerFolds(matrix, SplitsSchema.parse({ kind: "cpcv", n_groups: 4, k_test: 2 })).folds[1]!;
    const { probabilities } = fitFold(matrix, fold, GBM, 3);
    const [first, second] = testBlocksOf(fold).map(({ start, end }) => {
      const { blocks: _, ...rest } = fold;
      return fitFold(matrix, { ...rest, testStart: start, testEnd: end }, GBM, 3).probabilities[1]!;
    }) as [Float64Array, Float64Array];
    expect([...probabilities[1]!]).toEqual([...first, ...second]);
  });

  it("never reads a row of its test block or later for training", () => {
    const fold = walkForwardFolds(matrix, SPLITS, 3).folds[0]!;
    const spoilt = (column: Float64Array): Float64Array => column.map((value, row) => (row >= fold.testStart ? Number.NaN : value));
    const poisoned = { ...matrix, y: spoilt(matrix.y), t1: spoilt(matrix.t1), close: spoilt(matrix.close), retFwd: spoilt(matrix.retFwd) };
    expect(encodePrediction(fitFold(poisoned, fold, GBM, 3))).toEqual(encodePrediction(predictions[0]!));
  });
});

describe("developmentView", () => {
  const whole = planted(0.8);
  const view = developmentView(whole, 0.15);

  it("ends where the holdout begins", () => {
    expect([view.windowRows, view.holdoutStart, view.matrix.rows]).toEqual([900, 765, 765]);
    for (const column of [view.matrix.close, view.matrix.y, ...view.matrix.features]) {
      expect(column).toHaveLength(765);
      expect(column.buffer.byteLength).toBe(765 * 8);
    }
  });

  it("forgets labels that end in the holdout", () => {
    expect([...view.matrix.y.slice(761)].map(Number.isNaN)).toEqual([false, true, true, true]);
    expect(view.matrix.t1[761]).toBe(whole.ts[764]);
    expect([...view.matrix.retFwd.slice(762)].every(Number.isNaN)).toBe(true);
  });

  it("gives every later step the same bytes whatever the holdout holds", () => {
    const garbage = (column: Float64Array): Float64Array => column.map((value, row) => (row >= 765 ? -1e9 * row : value));
    const poisoned: Matrix = {
      ...whole,
      open: garbage(whole.open),
      high: garbage(whole.high),
      low: garbage(whole.low),
      close: garbage(whole.close),
      volume: garbage(whole.volume),
      features: whole.features.map(garbage),
      y: whole.y.map((value, row) => (row >= 762 ? Number.NaN : value)),
      retFwd: whole.retFwd.map((value, row) => (row >= 762 ? 7 : value)),
    };
    const outcome = (matrix: Matrix): unknown => {
      const development = developmentView(matrix, 0.15).matrix;
      const predictions = fitAll(development);
      const context = contextOf(development, predictions, { longestHoldBars: 6 });
      const variants = [0, 0.2].map((threshold) =>
        evaluateVariant(context, variantOf({ threshold_mode: "edge", threshold, top_pct: 0.5, hold_bars: 6 })),
      );
      const cpcv = SplitsSchema.parse({ kind: "cpcv", n_groups: 4, k_test: 2 });
      const combinatorial = outerFolds(development, cpcv).folds.map((fold) => fitFold(development, fold, GBM, 3));
      const paths = preparePaths(inputOf(development, combinatorial, { longestHoldBars: 6 }));
      const { evaluation, spread } = evaluatePaths(paths, variantOf({ threshold_mode: "edge", threshold: 0, top_pct: 0.5 }));
      return [
        [...predictions, ...combinatorial].map(encodePrediction),
        [evaluation.metrics, evaluation.digest, spread],
        variants.map(({ metrics, digest }) => [metrics, digest]),
        pooledScores(predictions, development.y),
      ];
    };
    expect(outcome(poisoned)).toEqual(outcome(whole));
  });

  it("lets no decision's longest hold reach into the holdout", () => {
    expect(decisionEndRow(timeAxis(view.matrix.ts), 6)).toBe(759);
    const context = contextOf(view.matrix, fitAll(view.matrix), { longestHoldBars: 6 });
    const { trades } = evaluateVariant(context, variantOf({ threshold: 0.5, hold_bars: 6 }));
    expect(trades.exitRow.slice(0, trades.count).every((row) => row <= 764)).toBe(true);
    expect(trades.decisionRow.slice(0, trades.count).every((row) => row < 759)).toBe(true);
  });
});

describe("holdoutFold", () => {
  it("trains before the holdout and tests on all of it", () => {
    const whole = planted(0.8);
    const fold = holdoutFold(whole, 0.15, 3);
    expect([fold.testStart, fold.testEnd]).toEqual([765, 900]);
    // t1 = row + 3 < 765 - 3.
    expect(fold.train.at(-1)).toBe(758);
    const prediction = fitFold(whole, fold, GBM, 3);
    const { metrics } = evaluateVariant(contextOf(whole, [prediction], { longestHoldBars: 3 }), variantOf({ threshold: 0.5 }));
    expect(metrics.sessions).toBe(135);
  });

  it("refuses a window without one", () => {
    expect(() => holdoutFold(planted(0), 0, 3)).toThrowError(expect.objectContaining({ code: "HISTORY_TOO_SHORT" }));
  });
});

describe("encodePrediction", () => {
  const matrix = matrixOf(randomBars(400, 7), { label: LABEL, features: { a: new Float64Array(400).fill(1) } });
  const prediction = fitFold(matrix, walkForwardFolds(matrix, WalkForwardSchema.parse({ splits: 2 }), 3).folds[0]!, PRIOR, 3);

  it("is read back as it was", () => {
    expect(decodePrediction(encodePrediction(prediction))).toEqual(prediction);
    const unknown = {
      ...prediction,
      trainFirstTs: Number.NaN,
      probabilities: prediction.probabilities.map((column) => column.fill(Number.NaN, 3, 5)),
    };
    expect(decodePrediction(encodePrediction(unknown))).toEqual(unknown);
  });

  it("refuses damaged or cut bytes", () => {
    const bytes = encodePrediction(prediction);
    const cases = [
      bytes.subarray(0, 10),
      bytes.subarray(0, bytes.length - 8),
      bytes.map((byte, i) => (i === 0 ? 0 : byte)),
      bytes.map((byte, i) => (i === 17 ? 0 : byte)),
    ];
    for (const damaged of cases)
      expect(() => decodePrediction(damaged)).toThrowError(expect.objectContaining({ code: "ARTIFACT_CORRUPT" }));
  });
});
