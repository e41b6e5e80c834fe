import { type BenchmarkMetrics, RunMetricsSchema } from "../../metrics/run-metrics.schema.ts";
import { type Significance, SignificanceSchema } from "../../metrics/significance.schema.ts";
import type { BacktestReport } from "../report.schema.ts";
import { decimal, percent, probability, whole } from "./numbers.ts";

/** One measured thing: what it is called, what it means, and its value as text with the unit in the name. */
export interface Fact {
  readonly label: string;
  readonly definition: string;
  readonly value: string;
  /** Why the value is n/a. */
  readonly reason: string | null;
}

type Metrics = BacktestReport["variants"][number]["metrics"];
type Format = (value: number | null) => string;

const pct1: Format = (value) => percent(value, 1);
const pct2: Format = (value) => percent(value, 2);
const two: Format = (value) => decimal(value, 2);

const runMeaning = (key: keyof typeof RunMetricsSchema.shape): string => RunMetricsSchema.shape[key].description ?? "";
const residualMeaning = (key: keyof Metrics["residual"]): string => RunMetricsSchema.shape.residual.shape[key].description ?? "";
const significanceMeaning = (key: keyof typeof SignificanceSchema.shape): string => SignificanceSchema.shape[key].description ?? "";

type NumberKey = {
  [K in keyof Metrics]: Metrics[K] extends number | null ? K : never;
}[keyof Metrics];

/** Trades, and what they cost, of the headline. */
export function tradeFacts(metrics: Metrics): Fact[] {
  const fact = (label: string, key: NumberKey, format: Format): Fact => ({
    label,
    definition: runMeaning(key),
    value: format(metrics[key]),
    reason: metrics.undefined_reasons[key] ?? null,
  });
  return [
    fact("Trades", "trades", whole),
    fact("Bets", "bets", whole),
    fact("Win rate, %", "win_rate", pct1),
    fact("Profit factor", "profit_factor", two),
    fact("Average win, %", "average_win", pct2),
    fact("Average loss, %", "average_loss", pct2),
    fact("Expectancy, %", "expectancy", pct2),
    fact("Expected shortfall 95, %", "es95", pct2),
    fact("ES95 over mean loss", "es95_mult", two),
    fact("Exposure, %", "exposure", pct1),
    fact("Turnover a week", "turnover", two),
    fact("Fill rate, %", "fill_rate", pct1),
    fact("Order over daily volume, bp (p95)", "adv_bps", two),
    fact("Costs, % of equity", "costs", pct2),
    fact("of which slippage, %", "slippage_cost", pct2),
    fact("Worst day in R", "worst_daily_loss_r", two),
  ];
}

/** How far skill is proven. */
export function skillFacts(metrics: Metrics, significance: Significance, bootstrapP: number | null): Fact[] {
  const { residual, undefined_reasons } = metrics;
  const own = (label: string, key: keyof Metrics["residual"], format: Format): Fact => ({
    label,
    definition: residualMeaning(key),
    value: format(residual[key]),
    reason: undefined_reasons[`residual.${key}`] ?? null,
  });
  const across = (label: string, key: Exclude<keyof Significance, "undefined_reasons">, format: Format): Fact => ({
    label,
    definition: significanceMeaning(key),
    value: format(significance[key]),
    reason: significance.undefined_reasons[key] ?? null,
  });
  return [
    own("Residual Sharpe ratio, annual", "sharpe", two),
    own("its standard error", "sharpe_se", two),
    own("Alpha a year, %", "alpha_annual", pct1),
    own("Beta", "beta", two),
    own("Probabilistic Sharpe ratio", "psr", probability),
    across("Deflated Sharpe ratio", "dsr", probability),
    across("Trials counted", "trials", whole),
    across("Effective trials", "effective_trials", (value) => decimal(value, 1)),
    across("Sharpe ratio of luck (SR0)", "reference_sharpe", two),
    {
      label: "Bootstrap p-value",
      definition: significanceMeaning("bootstrap_p"),
      value: probability(bootstrapP),
      reason: bootstrapP === null ? "no_sessions" : null,
    },
    own("Sessions needed at 95 %", "min_track_record_sessions", whole),
    across("Probability of overfitting", "pbo", two),
  ];
}

/** Rows of the comparison with what could have been held instead. */
export function comparisonRows(
  report: BacktestReport,
): { readonly label: string; readonly definition: string; readonly values: string[] }[] {
  const { metrics } = report.variants[report.headline]!;
  const { buy_and_hold, exposure_matched, prior_learner } = report.benchmarks;
  const row = (label: string, key: keyof BenchmarkMetrics & NumberKey, format: Format) => {
    const prior = key === "volatility" || key === "calmar" ? null : prior_learner[key];
    return {
      label,
      definition: runMeaning(key),
      values: [format(metrics[key]), format(buy_and_hold[key]), format(exposure_matched[key]), format(prior)],
    };
  };
  return [
    row("Total return, %", "total_return", pct1),
    row("Annual return, %", "annual_return", pct1),
    row("Volatility a year, %", "volatility", pct1),
    row("Sharpe ratio, annual", "sharpe", two),
    row("Calmar ratio", "calmar", two),
    row("Largest drawdown, %", "max_drawdown_pct", (value) => decimal(value, 1)),
  ];
}
