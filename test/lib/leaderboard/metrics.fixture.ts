import type { GateContext } from "#lib/leaderboard/gate.ts";
import type { RunMetrics } from "#lib/metrics/run-metrics.schema.ts";
import { computeRunMetrics } from "#lib/metrics/run-metrics.ts";
import type { Significance } from "#lib/metrics/significance.schema.ts";
import { seededRun } from "../metrics/run-metrics.fixture.ts";

const base = computeRunMetrics(seededRun(1000, "leaderboard"));

type Changes = Partial<Omit<RunMetrics, "residual">> & { readonly residualSharpe?: number | null };

/** Metrics that hold every limit of the balanced swing profile, with the given changes. */
export function metricsWith({ residualSharpe = 1, ...changes }: Changes = {}): RunMetrics {
  return {
    ...base,
    trades: 120,
    bets: 100,
    bets_per_year: 25,
    max_drawdown_pct: 12,
    adv_bps: 2,
    turnover: 0.5,
    sd_fold_sharpe: 0.5,
    total_return: 0.4,
    win_rate: 0.55,
    ...changes,
    residual: { ...base.residual, sharpe: residualSharpe },
  };
}

export const significanceWith = (changes: Partial<Significance> = {}): Significance => ({
  trials: 27,
  effective_trials: 10,
  mean_correlation: 0.65,
  trial_sharpe_sd: 0.2,
  reference_sharpe: 0.4,
  luck_sharpe: 0.6,
  dsr: 0.95,
  pbo: 0.2,
  p_oos_loss: 0.1,
  mean_logit: 1,
  cscv_slope: -0.2,
  bootstrap_p: null,
  undefined_reasons: {},
  ...changes,
});

export const sweepContext: GateContext = {
  packId: "swingsigma",
  kind: "sweep",
  instrument: "stocks",
  simulated: false,
  survivorshipBiased: false,
  repriced: false,
  trainsOnLaterRows: false,
  importedModel: false,
  researchOnly: false,
  simulatedWorkspace: false,
  skill: { logLoss: 0.68, priorLogLoss: 0.69 },
  infeasible: null,
};

/** swingsigma, balanced: design limits. */
export const balanced = {
  min_bets: 30,
  min_sharpe: 0.5,
  max_drawdown_pct: 25,
  adv_bps_max: 10,
  turnover_max: 2,
  min_dsr: 0.9,
  max_p_oos_loss: 0.2,
} as const;
