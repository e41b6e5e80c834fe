import type { GateReason, GateStatus } from "#lib/leaderboard/gate.schema.ts";
import type { RiskBudget } from "#lib/policies/risk-budget.schema.ts";
import { formatNumber, type NumberFormat, UNKNOWN } from "./format.ts";
import { GLOSSARY, isTermKey, type Term } from "./glossary.ts";

/** What each verdict means, in one sentence. */
export const VERDICTS: Readonly<Record<GateStatus, { readonly name: string; readonly means: string }>> = {
  PASS: { name: "Pass", means: "Every limit holds." },
  MARGINAL: {
    name: "Marginal",
    means: "One limit is missed by at most 10 %, or the data does not allow more than this verdict.",
  },
  MARGINAL_SIG: {
    name: "Not significant",
    means: "The performance limits hold, but luck explains the result too well: that is what noise looks like.",
  },
  FAIL: { name: "Fail", means: "At least one limit is clearly missed, or the model has no skill." },
  ungated: { name: "Not judged", means: "No gate has seen this model." },
};

/** Which metric a limit of the risk budget bounds, and on which side. */
export const LIMITED: Readonly<
  Record<Exclude<keyof RiskBudget, "allowed_hours">, { readonly metric: string; readonly bound: "min" | "max"; readonly code: string }>
> = {
  min_bets: { metric: "bets", bound: "min", code: "min_bets_not_met" },
  min_bets_per_year: { metric: "bets_per_year", bound: "min", code: "min_bets_per_year_not_met" },
  max_drawdown_pct: { metric: "max_drawdown_pct", bound: "max", code: "max_dd_exceeded" },
  es95_mult: { metric: "es95_mult", bound: "max", code: "es95_exceeded" },
  min_sharpe: { metric: "residual.sharpe", bound: "min", code: "min_sharpe_not_met" },
  min_calmar: { metric: "calmar", bound: "min", code: "min_calmar_not_met" },
  spread_pct_max: { metric: "spread_pct", bound: "max", code: "spread_above_limit" },
  oi_min: { metric: "open_interest", bound: "min", code: "oi_below_min" },
  volume_min: { metric: "option_volume", bound: "min", code: "volume_below_min" },
  fill_rate_min: { metric: "fill_rate", bound: "min", code: "fill_rate_below_min" },
  adv_bps_max: { metric: "adv_bps", bound: "max", code: "adv_above_max" },
  turnover_max: { metric: "turnover", bound: "max", code: "turnover_above_max" },
  daily_loss_cap_R: { metric: "worst_daily_loss_r", bound: "max", code: "daily_loss_cap_exceeded" },
  min_dsr: { metric: "dsr", bound: "min", code: "dsr_below_min" },
  max_p_oos_loss: { metric: "p_oos_loss", bound: "max", code: "p_oos_loss_above_max" },
};

export type LimitKey = keyof typeof LIMITED;

export const LIMIT_KEYS = Object.keys(LIMITED) as readonly LimitKey[];

/** Limits of options' contracts say nothing of stocks. */
export const isOptionsLimit = (key: LimitKey): boolean => ["spread_pct_max", "oi_min", "volume_min", "fill_rate_min"].includes(key);

/** What a limit bounds, by its name. */
export const limitName = (key: LimitKey): string => termOfMetric(LIMITED[key].metric).name;

/** Reasons that are no limit with a number of the risk budget. */
const OTHER_REASONS: Readonly<Record<string, { readonly title: string; readonly says: string }>> = {
  not_testable: { title: "Not testable", says: "A strategy that holds this long makes too few bets to be tested on this history." },
  no_skill: { title: "No skill", says: "The forecasts are no better than base rates: their log loss is not below that of the prior." },
  net_sharpe_not_positive: { title: "Loses money", says: "After costs the account does not earn more than cash." },
  gate_infeasible: {
    title: "Cannot be met",
    says: "It was known before the run that no variant could make enough bets in this history to pass.",
  },
  hours_not_allowed: { title: "Hours not allowed", says: "Some trades were entered in hours that the risk profile does not allow." },
  holdout_veto: {
    title: "Vetoed by the holdout",
    says: "The untouched end of the history showed a Sharpe ratio too low to go with the backtest's.",
  },
  capped_simulated: { title: "Simulated data", says: "Results on simulated data cannot pass outside the SIMULATED workspace." },
  capped_survivorship_biased: {
    title: "Survivorship bias",
    says: "The universe holds only what still exists today, so losers that vanished are missing.",
  },
  capped_repriced: {
    title: "Repriced fills",
    says: "Options were priced by a model instead of by quotes of the time, so the fills are not proven.",
  },
  capped_trains_on_later_rows: {
    title: "Trained on later rows",
    says: "These splits train on rows after their test blocks: nobody could have traded this history.",
  },
  capped_imported_model_training_rows_unknown: {
    title: "Unknown training rows",
    says: "The model was trained elsewhere and may have seen the very rows it was tested on.",
  },
  capped_research_only: {
    title: "Research only",
    says: "It is decided at the very price that its trades begin at, so nobody can trade it.",
  },
};

/** A reason in words: what it is, what was found, what was asked, and how far apart they are. */
export interface ReasonInWords {
  readonly title: string;
  readonly says: string;
  readonly found: string;
  readonly asked: string;
  readonly distance: string;
}

const byCode = new Map(Object.values(LIMITED).map((limit) => [limit.code, limit]));

/** The term of a metric that a reason names; a bare number where the glossary has none. */
function termOfMetric(metric: string): Term {
  if (isTermKey(metric)) return GLOSSARY[metric];
  return { name: metric, unit: "", definition: "", format: "ratio" };
}

/** @param reason - as the API answers it; a code that is not known yet is shown as it is */
export function reasonInWords(reason: GateReason): ReasonInWords {
  const term = termOfMetric(reason.metric);
  const limited = byCode.get(reason.code);
  const { found, limit } = toldApart(reason, term.format);
  if (limited !== undefined) {
    const title = limited.bound === "min" ? `${term.name} too low` : `${term.name} too high`;
    return {
      title,
      says: term.definition,
      found,
      asked: `${limited.bound === "min" ? "at least" : "at most"} ${limit}`,
      distance: distanceTo(reason.value, reason.limit, limited.bound, term),
    };
  }
  if (reason.code === "log_loss_undefined" || (reason.code.endsWith("_undefined") && reason.value === null)) {
    return {
      title: `${term.name} unknown`,
      says: "The limit cannot be held against a number that is not defined; more trades or a longer history define it.",
      found: UNKNOWN,
      asked: reason.limit === null ? "" : quantity(reason.limit, term.format),
      distance: "",
    };
  }
  const other = Object.hasOwn(OTHER_REASONS, reason.code) ? OTHER_REASONS[reason.code]! : { title: reason.code, says: "" };
  const bound = reason.code === "no_skill" ? "max" : "min";
  const asked = reason.limit === null ? "" : askedOf(reason, limit);
  const missing = Array.isArray(reason.limit) ? "" : distanceTo(reason.value, reason.limit, bound, term);
  // These limits are strict: to be at one is not enough.
  const distance = missing === "holds" ? "no better than the limit" : missing;
  return { ...other, found: reason.value === null ? "" : found, asked, distance };
}

function askedOf({ code }: GateReason, limit: string): string {
  if (code === "no_skill") return `below ${limit}`;
  if (code === "net_sharpe_not_positive") return `above ${limit}`;
  if (code === "hours_not_allowed") return `only ${limit}`;
  return `at least ${limit}`;
}

const MOST_DIGITS = 10;

/** What was found and its limit; where both would read the same, with as many digits as tell them apart. */
function toldApart({ value, limit }: GateReason, format: NumberFormat): { readonly found: string; readonly limit: string } {
  const usual = { found: quantity(value, format), limit: quantity(limit, format) };
  if (usual.found !== usual.limit || value === limit || typeof value !== "number" || typeof limit !== "number") return usual;
  for (let digits = 4; digits <= MOST_DIGITS; digits++) {
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    const [found, limited] = [value.toLocaleString("en-US", options), limit.toLocaleString("en-US", options)];
    if (found !== limited) return { found, limit: limited };
  }
  return usual;
}

function quantity(value: number | readonly number[] | null, format: NumberFormat): string {
  if (typeof value === "object" && value !== null) return value.map((each) => formatNumber(each, "count")).join(", ");
  return formatNumber(value, format);
}

/** `0.38 too low (42% short)`: what is missing to the limit, and its share of the limit. */
export function distanceTo(
  value: number | readonly number[] | null,
  limit: number | readonly number[] | null,
  bound: "min" | "max",
  term: Pick<Term, "format">,
): string {
  if (typeof value !== "number" || typeof limit !== "number") return "";
  const missing = bound === "min" ? limit - value : value - limit;
  if (missing <= 0) return "holds";
  const share = limit === 0 ? "" : `, ${formatNumber(missing / Math.abs(limit), "share")} of the limit`;
  const format = term.format === "signed_share" ? "share" : term.format;
  return `${formatNumber(missing, format)} ${bound === "min" ? "short" : "over"}${share}`;
}

/** One limit beside what was found, whether it holds or not. */
export interface LimitCheck {
  readonly key: string;
  readonly name: string;
  readonly found: string;
  readonly asked: string;
  readonly holds: boolean | null;
  readonly distance: string;
}

/** Every limit of a risk budget beside the numbers of a result; limits that the budget does not set are left out. */
export function limitChecks(
  numbers: Readonly<Record<string, unknown>>,
  significance: Readonly<Record<string, unknown>>,
  limits: RiskBudget,
): LimitCheck[] {
  return Object.entries(LIMITED).flatMap(([key, { metric, bound }]): LimitCheck[] => {
    const limit = limits[key as keyof typeof LIMITED];
    if (limit === undefined) return [];
    const term = termOfMetric(metric);
    const value = numberAt(metric in significance ? significance : numbers, metric);
    const holds = value === null ? null : bound === "min" ? value >= limit - 1e-12 : value <= limit + 1e-12;
    return [
      {
        key,
        name: term.name,
        found: formatNumber(value, term.format),
        asked: `${bound === "min" ? "≥" : "≤"} ${formatNumber(limit, term.format)}`,
        holds,
        distance: holds === false ? distanceTo(value, limit, bound, term) : "",
      },
    ];
  });
}

/** The number under a key with dots; null where there is none. */
export function numberAt(values: Readonly<Record<string, unknown>>, key: string): number | null {
  let at: unknown = values;
  for (const part of key.split(".")) {
    if (typeof at !== "object" || at === null) return null;
    at = (at as Readonly<Record<string, unknown>>)[part];
  }
  return typeof at === "number" ? at : null;
}
