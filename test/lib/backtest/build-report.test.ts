import { describe, expect, it } from "vitest";
import { benchmarksOf } from "#lib/backtest/benchmarks.ts";
import { buildReport, type ReportInput } from "#lib/backtest/build-report.ts";
import { evaluatePaths, preparePaths } from "#lib/backtest/evaluate-paths.ts";
import { evaluateVariant } from "#lib/backtest/evaluate-variant.ts";
import { BacktestReportSchema } from "#lib/backtest/report.schema.ts";
import { SplitsSchema } from "#lib/backtest/splits.schema.ts";
import { canonicalJson } from "#lib/core/canonical-json.ts";
import { createRng } from "#lib/core/rng.ts";
import { LearnerSchema } from "#lib/learners/learner.schema.ts";
import { contextOf, inputOf, matrixOf, policyOf, predictionsOf, randomBars, variantOf } from "./support.ts";

const ROWS = 500;
const rng = createRng("report");
const scores = Array.from({ length: ROWS }, () => 0.4 + 0.2 * rng.uniform());
const matrix = matrixOf(randomBars(ROWS, "report"));
const predictions = predictionsOf(scores, [
  [100, 300],
  [300, 500],
]);
const prepared = preparePaths(inputOf(matrix, predictions, { policy: policyOf({ slippage_bps: 2 }) }));
const evaluations = [0.5, 0.55, 0.99].map((threshold) => evaluatePaths(prepared, variantOf({ threshold })));
const LINEAGE = {
  matrix_sha: "a".repeat(64),
  config_sha: "b".repeat(64),
  policy_sha: "c".repeat(64),
  risk_sha: "d".repeat(64),
  pack_sha: "e".repeat(64),
  indicator_set_sha: "f".repeat(64),
  code_version: "0.1.0",
};
const build = (headline = 0, change: Partial<Pick<ReportInput, "prepared" | "evaluations">> = {}) =>
  buildReport({
    modelId: "test_eq_swing_daily",
    lineage: LINEAGE,
    prepared,
    windowRows: 588,
    learner: LearnerSchema.parse({ algo: "gbm" }),
    splits: SplitsSchema.parse({}),
    evaluations,
    headline,
    robustness: null,
    warnings: ["embargo_below_label_horizon"],
    ...change,
  });
const report = build();

describe("buildReport", () => {
  it("makes the document of its schema, the same each time, without NaN", () => {
    expect(BacktestReportSchema.parse(report)).toEqual(report);
    expect(canonicalJson(build())).toBe(canonicalJson(report));
  });

  it("shows folds by the dates and trades that belong to them", () => {
    // Row 100 is the 21st week's Monday; rows are weekdays from 2024-01-01.
    expect(report.folds.map(({ test }) => test)).toEqual([
      { first: "2024-05-20", last: "2025-02-21", rows: 200 },
      { first: "2025-02-24", last: "2025-11-28", rows: 200 },
    ]);
    expect(report.folds[0]!.trades + report.folds[1]!.trades).toBe(report.variants[0]!.metrics.trades);
    expect(report.data).toMatchObject({ development_rows: 500, window_rows: 588, holdout_rows: 88 });
  });

  it("ends its equity where the metrics end", () => {
    expect(report.equity.strategy.at(-1)! - 1).toBeCloseTo(report.variants[0]!.metrics.total_return!, 12);
    expect(report.equity.buy_and_hold.at(-1)! - 1).toBeCloseTo(matrix.close[499]! / matrix.close[99]! - 1, 12);
    expect(report.equity.dates).toHaveLength(400);
  });

  it("shows undefined numbers as null, with their reason", () => {
    const empty = build(2);
    const { metrics } = empty.variants[2]!;
    expect([metrics.trades, metrics.win_rate, metrics.undefined_reasons["win_rate"]]).toEqual([0, null, "no_trades"]);
    expect(empty.folds.map(({ win_rate, net_return }) => [win_rate, net_return])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it("says what is assumed and warns of what was found", () => {
    expect(report.assumptions).toMatchObject({ entry: "next_open", hold_bars: 1, slippage_bps: 2 });
    expect(report.simulated).toBe(true);
    expect(report.warnings).toEqual(expect.arrayContaining(["embargo_below_label_horizon", "log_loss_not_below_prior", "simulated"]));
  });

  it("says what the signal of a side means that the model does not trade, and counts such exits", () => {
    const oneSided = preparePaths(inputOf(matrix, predictions, { sides: { long: true, short: false } }));
    const evaluation = evaluatePaths(oneSided, variantOf({ threshold: 0.5, hold_bars: 5 }));
    const { assumptions, variants } = build(0, { prepared: oneSided, evaluations: [evaluation] });
    expect(assumptions.statements).toContain(
      "Only BUY opens. A SELL that passes threshold, top % and hours closes what is open at the next open, and opens nothing.",
    );
    expect(variants[0]!.exits["opposite_signal"]).toBeGreaterThan(10);
    expect(report.assumptions.statements.join()).not.toContain("Only BUY");
    expect(report.variants[0]!.exits["opposite_signal"]).toBeUndefined();
  });

  it("shows one path without a spread", () => {
    expect([report.path, report.variants[0]!.paths, report.folds.map(({ split }) => split)]).toEqual([0, null, [0, 1]]);
    expect(report.folds.map(({ train }) => train.later)).toEqual([false, false]);
  });

  it("compares with the prior's scores over the same rows", () => {
    // Base rates of one half: log loss ln 2, Brier 1/4.
    expect(report.scores.prior.log_loss).toBeCloseTo(Math.LN2, 12);
    expect(report.scores.prior.brier).toBeCloseTo(0.25, 12);
    expect(report.scores.rows).toBe(399);
    expect(report.reliability.reduce((sum, { count }) => sum + count, 0)).toBe(399);
  });
});

describe("benchmarksOf", () => {
  it("holds the instrument with the variant's mean net exposure", () => {
    const up = predictionsOf(new Array(ROWS).fill(0.6), [[100, 500]]);
    const always = contextOf(matrix, up);
    const evaluation = evaluateVariant(always, variantOf({ threshold: 0.5 }));
    const { buyAndHold, exposureMatched, netExposure } = benchmarksOf(always, evaluation);
    // Invested from the open to the close of 399 of 400 sessions: every decision but the last row's.
    expect(netExposure).toBeCloseTo(398 / 400, 2);
    expect(exposureMatched.volatility!).toBeCloseTo(buyAndHold.volatility! * netExposure, 9);
  });

  it("shows what the training base rates alone would have earned", () => {
    const up = predictionsOf(scores, [[100, 500]], [], 0.57);
    const own = contextOf(matrix, up);
    const { priorLearner } = benchmarksOf(own, evaluateVariant(own, variantOf({ threshold: 0.55 })));
    expect(priorLearner.metrics.trades_by_side.short).toBe(0);
    expect(priorLearner.metrics.trades).toBe(399);
  });
});
