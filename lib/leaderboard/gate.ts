import type { RunMetrics } from "../metrics/run-metrics.schema.ts";
import type { Significance } from "../metrics/significance.schema.ts";
import type { RiskBudget } from "../policies/risk-budget.schema.ts";
import type { Gate, GateReason, GateStatus } from "./gate.schema.ts";
import { packRules } from "./pack-rules.ts";

/** What the gate must know besides the numbers. */
export interface GateContext {
  readonly packId: string;
  /** CSCV limits apply to sweeps only: a single run chose among nothing. */
  readonly kind: "backtest" | "sweep";
  /** Option limits apply to options only, the limit of the dollar volume to stocks only. */
  readonly instrument: "stocks" | "options";
  readonly simulated: boolean;
  readonly survivorshipBiased: boolean;
  readonly repriced: boolean;
  /** K-fold and combinatorial splits: no such history could have been traded. */
  readonly trainsOnLaterRows: boolean;
  /** A model that was trained elsewhere, on rows that nobody knows: any test block may be among them. */
  readonly importedModel: boolean;
  /** Decided at the very price that its trades begin at, as the night's label on daily bars: nobody can trade it. */
  readonly researchOnly: boolean;
  /** Inside a workspace marked SIMULATED, for tours and tests, a simulated model may PASS. It can never go live. */
  readonly simulatedWorkspace: boolean;
  /** Pooled out-of-sample log loss of the model and of the prior; null when the result comes from no probabilities. */
  readonly skill: { readonly logLoss: number; readonly priorLogLoss: number } | null;
  /** The reason `gate_infeasible`, when it was known before the run that no variant could meet the gate. */
  readonly infeasible: GateReason | null;
}

/** Share of a limit by which one miss still is MARGINAL. */
const MARGIN = 0.1;

interface Limit {
  readonly key: Exclude<keyof RiskBudget, "allowed_hours">;
  readonly metric: string;
  readonly code: string;
  readonly bound: "min" | "max";
  readonly read: (metrics: RunMetrics, significance: Significance) => number | null;
  readonly appliesTo?: "options" | "stocks" | "sweep";
  readonly significance?: true;
  /** Misses of this limit are never marginal. */
  readonly strict?: true;
}

const LIMITS: readonly Limit[] = [
  { key: "min_bets", metric: "bets", code: "min_bets_not_met", bound: "min", read: (m) => m.bets, strict: true },
  { key: "min_bets_per_year", metric: "bets_per_year", code: "min_bets_per_year_not_met", bound: "min", read: (m) => m.bets_per_year },
  { key: "max_drawdown_pct", metric: "max_drawdown_pct", code: "max_dd_exceeded", bound: "max", read: (m) => m.max_drawdown_pct },
  { key: "es95_mult", metric: "es95_mult", code: "es95_exceeded", bound: "max", read: (m) => m.es95_mult },
  { key: "min_sharpe", metric: "residual.sharpe", code: "min_sharpe_not_met", bound: "min", read: (m) => m.residual.sharpe },
  { key: "min_calmar", metric: "calmar", code: "min_calmar_not_met", bound: "min", read: (m) => m.calmar },
  {
    key: "spread_pct_max",
    metric: "spread_pct",
    code: "spread_above_limit",
    bound: "max",
    read: (m) => m.spread_pct,
    appliesTo: "options",
  },
  { key: "oi_min", metric: "open_interest", code: "oi_below_min", bound: "min", read: (m) => m.open_interest, appliesTo: "options" },
  {
    key: "volume_min",
    metric: "option_volume",
    code: "volume_below_min",
    bound: "min",
    read: (m) => m.option_volume,
    appliesTo: "options",
  },
  { key: "fill_rate_min", metric: "fill_rate", code: "fill_rate_below_min", bound: "min", read: (m) => m.fill_rate },
  { key: "adv_bps_max", metric: "adv_bps", code: "adv_above_max", bound: "max", read: (m) => m.adv_bps, appliesTo: "stocks" },
  { key: "turnover_max", metric: "turnover", code: "turnover_above_max", bound: "max", read: (m) => m.turnover },
  {
    key: "daily_loss_cap_R",
    metric: "worst_daily_loss_r",
    code: "daily_loss_cap_exceeded",
    bound: "max",
    read: (m) => m.worst_daily_loss_r,
  },
  { key: "min_dsr", metric: "dsr", code: "dsr_below_min", bound: "min", read: (_, s) => s.dsr, significance: true },
  {
    key: "max_p_oos_loss",
    metric: "p_oos_loss",
    code: "p_oos_loss_above_max",
    bound: "max",
    read: (_, s) => s.p_oos_loss,
    appliesTo: "sweep",
    significance: true,
  },
];

/**
 * Holds one result against its limits.
 *
 * - PASS: every limit holds.
 * - MARGINAL: exactly one limit is missed, it is no significance limit, and by at most 10 % of its value (`min_bets` and
 *   `allowed_hours` have no margin).
 * - MARGINAL_SIG: only significance limits (`min_dsr`, `max_p_oos_loss`) are missed: that is what noise looks like.
 * - FAIL: otherwise; also when a limited metric is undefined (`<metric>_undefined`), when the gate was infeasible, and when
 *   the model predicts no better than base rates (`no_skill`) or the account lost against cash (`net_sharpe_not_positive`): those
 *   are neither limits with a margin nor significance limits, so nothing but FAIL is left for a result that cannot PASS.
 *
 * Simulated, survivorship-biased and repriced results, those of models that were trained on rows after their test blocks or on rows
 * that nobody knows, and those that are for research only carry a `capped_*` reason and reach MARGINAL at most, whatever holds.
 */
export function judge(metrics: RunMetrics, significance: Significance, limits: RiskBudget, context: GateContext): Gate {
  const reasons: GateReason[] = [];
  let failed = 0;
  let marginal = 0;
  let insignificant = 0;

  for (const limit of LIMITS) {
    const bound = limits[limit.key];
    if (bound === undefined) continue;
    if ((limit.appliesTo === "options" || limit.appliesTo === "stocks") && limit.appliesTo !== context.instrument) continue;
    if (limit.appliesTo === "sweep" && context.kind !== "sweep") continue;
    const value = limit.read(metrics, significance);
    if (value !== null && holds(limit, value, bound, 0)) continue;
    reasons.push({ code: codeOf(limit, value, context.packId), metric: limit.metric, value, limit: bound });
    if (value === null) failed += 1;
    else if (limit.significance) insignificant += 1;
    else if (!limit.strict && holds(limit, value, bound, MARGIN)) marginal += 1;
    else failed += 1;
  }

  for (const reason of [hoursReason(metrics, limits), skillReason(context), netReason(metrics), context.infeasible]) {
    if (reason === null) continue;
    reasons.push(reason);
    failed += 1;
  }

  const caps = capReasons(context);
  const status = statusOf(failed, marginal, insignificant);
  return { status: status === "PASS" && caps.length > 0 ? "MARGINAL" : status, reasons: [...reasons, ...caps] };
}

function statusOf(failed: number, marginal: number, insignificant: number): GateStatus {
  if (failed === 0 && marginal === 0) return insignificant === 0 ? "PASS" : "MARGINAL_SIG";
  return failed === 0 && marginal === 1 && insignificant === 0 ? "MARGINAL" : "FAIL";
}

/** The tolerance of 1e-12 keeps a value that equals its limit, or the edge of its margin, inside. */
function holds({ bound }: Limit, value: number, limit: number, margin: number): boolean {
  const slack = margin * Math.abs(limit) + 1e-12;
  return bound === "min" ? value >= limit - slack : value <= limit + slack;
}

function codeOf({ metric, code, key }: Limit, value: number | null, packId: string): string {
  if (value === null) return `${metric.replace("residual.", "")}_undefined`;
  return key === "min_bets" ? packRules(packId).fewBets : code;
}

function hoursReason(metrics: RunMetrics, { allowed_hours: allowed }: RiskBudget): GateReason | null {
  if (allowed === undefined) return null;
  const outside = Object.keys(metrics.trades_by_hour)
    .map(Number)
    .filter((hour) => !allowed.includes(hour))
    .sort((a, b) => a - b);
  return outside.length === 0 ? null : { code: "hours_not_allowed", metric: "trades_by_hour", value: outside, limit: [...allowed] };
}

function skillReason({ skill }: GateContext): GateReason | null {
  if (skill === null || skill.logLoss < skill.priorLogLoss) return null;
  const known = Number.isFinite(skill.logLoss) && Number.isFinite(skill.priorLogLoss);
  const limit = Number.isFinite(skill.priorLogLoss) ? skill.priorLogLoss : null;
  return { code: known ? "no_skill" : "log_loss_undefined", metric: "log_loss", value: known ? skill.logLoss : null, limit };
}

/**
 * Residual returns are those of a hedged account. Who trades without the hedge has the net ones: a variant that is mostly idle and
 * sometimes short has a negative beta, and in a market that only rises its residual ratio can be good while the account loses.
 */
function netReason({ sharpe }: RunMetrics): GateReason | null {
  return sharpe === null || sharpe > 0 ? null : { code: "net_sharpe_not_positive", metric: "sharpe", value: sharpe, limit: 0 };
}

function capReasons(context: GateContext): GateReason[] {
  const caps: [boolean, string][] = [
    [context.simulated && !context.simulatedWorkspace, "simulated"],
    [context.survivorshipBiased, "survivorship_biased"],
    [context.repriced, "repriced"],
    [context.trainsOnLaterRows, "trains_on_later_rows"],
    [context.importedModel, "imported_model_training_rows_unknown"],
    [context.researchOnly, "research_only"],
  ];
  return caps.filter(([applies]) => applies).map(([, metric]) => ({ code: `capped_${metric}`, metric, value: null, limit: null }));
}
