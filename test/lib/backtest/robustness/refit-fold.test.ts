import { describe, expect, it } from "vitest";
import { fitFold } from "#lib/backtest/fit-fold.ts";
import { outerFolds } from "#lib/backtest/outer-folds.ts";
import { refitFold } from "#lib/backtest/robustness/refit-fold.ts";
import { refitsOf } from "#lib/backtest/robustness/refits.ts";
import { SplitsSchema } from "#lib/backtest/splits.schema.ts";
import { createRng } from "#lib/core/rng.ts";
import { LearnerSchema } from "#lib/learners/learner.schema.ts";
import { rocAuc } from "#lib/metrics/auc.ts";
import { matrixOf, randomBars } from "../support.ts";

const ROWS = 700;
const plain = matrixOf(randomBars(ROWS, "refit"));
const rng = createRng("refit feature");
/** A feature that knows the next return through some noise, and one that knows nothing. */
const matrix = {
  ...matrixOf(randomBars(ROWS, "refit"), {
    features: {
      hint: plain.retFwd.map((value) => (Number.isNaN(value) ? 0 : value) + 0.005 * rng.normal()),
      noise: plain.retFwd.map(() => rng.normal()),
    },
  }),
};
const learner = LearnerSchema.parse({ algo: "gbm", calibration: "none", params: { trees: 20, max_depth: 2 } });
const { folds } = outerFolds(matrix, SplitsSchema.parse({ splits: 3 }));
const fold = folds[1]!;
const aucOf = ({ probabilities, testStart, testEnd }: ReturnType<typeof fitFold>) =>
  rocAuc(
    probabilities[1]!,
    matrix.y.subarray(testStart, testEnd).map((value) => (value === 1 ? 1 : 0)),
  );

describe("refitFold", () => {
  it("learns nothing from permuted labels that the same rows teach", () => {
    expect(aucOf(fitFold(matrix, fold, learner, 3))).toBeGreaterThan(0.85);
    const blind = [0, 1, 2, 3].map((draw) => aucOf(refitFold(matrix, fold, learner, 3, { kind: "permuted_labels", draw, block_rows: 1 })));
    for (const auc of blind) expect(Math.abs(auc - 0.5)).toBeLessThan(0.2);
    expect(new Set(blind).size).toBe(4);
  });

  it("is the fold itself at the model's own seed, and another at another", () => {
    const own = fitFold(matrix, fold, learner, 3);
    expect(refitFold(matrix, fold, learner, 3, { kind: "seed", seed: learner.seed })).toEqual(own);
    expect(refitFold(matrix, fold, learner, 3, { kind: "seed", seed: learner.seed + 1 }).probabilities).not.toEqual(own.probabilities);
  });
});

describe("refitsOf", () => {
  it("names four more seeds and five draws in blocks of the label's horizon", () => {
    const sessions = matrixOf(randomBars(20, "horizon"), {
      label: { kind: "forward_return", entry: "next_open", unit: "bars", horizon: 7, band: { kind: "none" }, task: "classify" },
    });
    expect(refitsOf(sessions, 100).map((refit) => (refit.kind === "seed" ? refit.seed : `${refit.draw}/${refit.block_rows}`))).toEqual([
      101,
      102,
      103,
      104,
      "0/7",
      "1/7",
      "2/7",
      "3/7",
      "4/7",
    ]);
  });
});
