import { buildReport } from "#lib/backtest/build-report.ts";
import { evaluatePaths, preparePaths } from "#lib/backtest/evaluate-paths.ts";
import type { BacktestReport } from "#lib/backtest/report.schema.ts";
import { buildRobustness } from "#lib/backtest/robustness/build-robustness.ts";
import { SplitsSchema } from "#lib/backtest/splits.schema.ts";
import type { Verdict } from "#lib/backtest/tear-sheet/verdict.ts";
import { createRng } from "#lib/core/rng.ts";
import { LearnerSchema } from "#lib/learners/learner.schema.ts";
import { inputOf, matrixOf, policyOf, predictionsOf, randomBars, variantOf } from "../support.ts";

/** A report over some daily or hourly rows of a forecaster that sees the next close through noise. */
export function sampleReport({ rows = 900, barsPerSession = 1, threshold = 0.6 } = {}): BacktestReport {
  const matrix = matrixOf(randomBars(rows, "sheet"), { barsPerSession });
  const rng = createRng("sheet scores");
  const up = Array.from({ length: rows }, (_, row) => {
    const seen = (matrix.retFwd[row]! || 0) + 0.03 * rng.normal();
    return 1 / (1 + Math.exp(-40 * seen));
  });
  const middle = Math.floor(rows / 2);
  const prepared = preparePaths(
    inputOf(
      matrix,
      predictionsOf(up, [
        [100, middle],
        [middle, rows],
      ]),
      { policy: policyOf({ slippage_bps: 2 }) },
    ),
  );
  const evaluations = [threshold, 0.55, 0.7].map((one) => evaluatePaths(prepared, variantOf({ threshold: one })));
  const [{ evaluation }] = evaluations as [(typeof evaluations)[number]];
  return buildReport({
    modelId: "test_eq_swing_daily",
    lineage: {
      matrix_sha: "a".repeat(64),
      config_sha: "b".repeat(64),
      policy_sha: "c".repeat(64),
      risk_sha: "d".repeat(64),
      pack_sha: "e".repeat(64),
      indicator_set_sha: "f".repeat(64),
      code_version: "0.1.0",
    },
    prepared,
    windowRows: rows + 90,
    learner: LearnerSchema.parse({ algo: "gbm" }),
    splits: SplitsSchema.parse({}),
    evaluations,
    headline: 0,
    robustness: buildRobustness({
      level: "full",
      context: prepared.contexts[0]!,
      headline: evaluation,
      seed: 1,
      withoutRefits: "not_asked_for",
      seeds: [
        { seed: 1, evaluation },
        { seed: 2, evaluation: evaluations[1]!.evaluation },
      ],
      permuted: { blockRows: 1, evaluations: [evaluations[2]!.evaluation] },
    }),
    warnings: ["embargo_below_label_horizon"],
  });
}

export const VERDICT: Verdict = {
  rowId: "0123456789abcdef-0123456789abcdef",
  gate: {
    status: "FAIL",
    reasons: [
      { code: "dsr_below_min", metric: "significance.dsr", value: 0.52, limit: 0.9 },
      { code: "allowed_hours", metric: "params.hours", value: null, limit: [13, 15] },
      { code: "capped_simulated", metric: "stamps.simulated", value: null, limit: null },
    ],
  },
  score: 0.31,
  significance: {
    trials: 46,
    effective_trials: 12.5,
    mean_correlation: 0.74,
    trial_sharpe_sd: 0.2,
    reference_sharpe: 0.51,
    luck_sharpe: 0.6,
    dsr: 0.52,
    pbo: null,
    p_oos_loss: null,
    mean_logit: null,
    cscv_slope: null,
    bootstrap_p: null,
    undefined_reasons: { pbo: "distinct_variants_below_10" },
  },
};
