import * as z from "zod";

const count = (meaning: string) => z.int().min(0).describe(meaning);
const value = (meaning: string) => z.number().nullable().describe(meaning);

/** The strategy's daily net returns with the instrument's share taken out. Skill is judged here. */
const ResidualMetricsSchema = z.strictObject({
  sharpe: value("Annual Sharpe ratio of the residual daily returns r - beta x (alpha kept); what min_sharpe limits"),
  sharpe_se: value("Lo's standard error of it, annual"),
  psr: value("Probability that its true value is above 0"),
  min_track_record_sessions: value("Sessions needed to tell it from 0 at 95 %"),
  alpha_annual: value("Intercept of the regression times the sessions of a year"),
  beta: value("Slope on the instrument's daily returns; 0 for a market-neutral strategy"),
  r_squared: value("Share of the variance that the instrument explains"),
  volatility: value("Annual standard deviation of the residual returns"),
  skew: value("Biased skewness (g1) of the residual returns"),
  kurtosis: value("Biased raw kurtosis (normal = 3) of the residual returns"),
});

/** Buy-and-hold of the instrument over the same sessions, without costs. */
export const BenchmarkMetricsSchema = z.strictObject({
  total_return: value("Fraction"),
  annual_return: value("Fraction"),
  volatility: value("Annual, fraction"),
  sharpe: value("Annual"),
  max_drawdown_pct: value("Percent, 0 to 100"),
  calmar: value("Annual return over largest drawdown"),
});
export type BenchmarkMetrics = z.infer<typeof BenchmarkMetricsSchema>;

/**
 * Everything one evaluated run is judged by, net of costs. Fractions unless the key ends in `_pct` (percent),
 * `_bps` (basis points) or `_sessions`. An undefined value is null and `undefined_reasons` says why
 * (nested keys with a dot, such as `residual.sharpe`); it is never 0 or Infinity.
 */
export const RunMetricsSchema = z.strictObject({
  sessions: count("Sessions evaluated, idle ones included"),
  trades: count("Closed trades"),
  bets: count("Unions of overlapping trade intervals: the sample size that limits use"),
  bets_per_year: value("Bets over years of sessions"),
  win_rate: value("Share of trades with a positive net return"),
  profit_factor: value("Sum of gains over sum of losses; null without a loss"),
  average_win: value("Mean net return of the winning trades"),
  average_loss: value("Mean net return of the losing trades, negative"),
  expectancy: value("Mean net return of a trade"),
  total_return: value("Compounded over the sessions"),
  annual_return: value("Compounded, a year of sessions"),
  volatility: value("Annual standard deviation of daily net returns, ddof 1"),
  sharpe: value(
    "Annual Sharpe ratio of daily net returns, in excess of the risk-free series if one is given, idle sessions included, ddof 1",
  ),
  sharpe_se: value("Lo's standard error of `sharpe` for independent returns, annual"),
  psr: value("Probability that the true Sharpe ratio is above 0, net returns"),
  min_track_record_sessions: value("Sessions needed to tell `sharpe` from 0 at 95 %"),
  sortino: value("Annual; downside deviation over all sessions, target 0"),
  calmar: value("Annual return over largest drawdown; null under 252 sessions"),
  max_drawdown_pct: value("Percent of the equity's peak, 0 to 100, the start included"),
  max_drawdown_sessions: value("Sessions from the peak of the largest drawdown to its recovery, or to the end"),
  es95: value("Mean of the worst 5 % of trade returns; null under 20 trades"),
  es95_mult: value("es95 over the mean losing trade; null under 100 trades"),
  turnover: value("Half the traded notional over average equity, per 5 sessions"),
  exposure: value("Mean share of capital in the market"),
  fill_rate: value("Trades over candidates that passed threshold, hours and cooldown"),
  adv_bps: value("Order over median 20-day dollar volume, basis points, 95th percentile of trades"),
  costs: value("Sum of all costs over equity at entry, slippage included"),
  slippage_cost: value("The part of `costs` that is slippage"),
  worst_daily_loss_r: value("Largest daily loss in units of R, the mean loss at the stop"),
  spread_pct: value("Options: 95th percentile of the spread at entry, percent of mid"),
  open_interest: value("Options: 5th percentile of the open interest at entry, contracts"),
  option_volume: value("Options: 5th percentile of the contract's volume at entry, contracts"),
  sd_fold_sharpe: value("Standard deviation (ddof 1) of the folds' annual residual Sharpe ratios"),
  fold_sharpe: z.array(z.number().nullable()).describe("Annual residual Sharpe ratio of each fold"),
  best_sharpe_hourly: value("Classic name: annual Sharpe ratio of per-bar returns; read `sharpe` beside it"),
  trades_by_hour: z.record(z.string(), z.int()).describe("Trades by hour (New York) of the entry bar"),
  hit_rate_by_hour: z.record(z.string(), z.number()).describe("Share of winners by hour (New York) of the entry bar"),
  trades_by_side: z.strictObject({ long: z.int(), short: z.int() }),
  hit_rate_by_side: z.strictObject({ long: z.number().nullable(), short: z.number().nullable() }),
  residual: ResidualMetricsSchema,
  benchmark: BenchmarkMetricsSchema,
  rf: z
    .string()
    .regex(/^rf=.+$/)
    .describe("Series that Sharpe, Sortino and residual returns are in excess of; rf=0 = none"),
  undefined_reasons: z.record(z.string(), z.string()).describe("Why a key is null"),
});
export type RunMetrics = z.infer<typeof RunMetricsSchema>;
