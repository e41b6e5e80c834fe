import { annualReturn } from "./annual-return.ts";
import { benchmarkMetrics } from "./benchmark.ts";
import { countBets } from "./bets.ts";
import { calmarRatio, MIN_CALMAR_SESSIONS } from "./calmar.ts";
import { equityPath } from "./drawdown.ts";
import { excessReturns } from "./excess-returns.ts";
import { expectedShortfall95, expectedShortfallMultiple, MIN_ES95_MULT_TRADES, MIN_ES95_TRADES } from "./expected-shortfall.ts";
import { deviationOfKnown, foldSharpes } from "./fold-sharpe.ts";
import { loStandardError } from "./lo-standard-error.ts";
import { minTrackRecord } from "./min-track-record.ts";
import { type Moments, moments } from "./moments.ts";
import { nearestRankQuantile } from "./order-statistic.ts";
import { probabilisticSharpe } from "./psr.ts";
import { residualReturns } from "./residual-returns.ts";
import type { BenchmarkMetrics, RunMetrics } from "./run-metrics.schema.ts";
import { MIN_SHARPE_SESSIONS, sharpeOfMoments, sharpeRatio } from "./sharpe.ts";
import { sortinoRatio } from "./sortino.ts";
import { tradeStats } from "./trade-stats.ts";
import { turnoverPerWeek } from "./turnover.ts";

/**
 * Closed trades as columns in entry order; only the first `count` values of each are read, so a caller may reuse
 * longer scratch columns. Optional columns that are absent leave their metric undefined.
 */
export interface TradeColumns {
  readonly count: number;
  /** Epoch milliseconds at which the position opens. */
  readonly entryMs: Float64Array;
  /** Epoch milliseconds at which it closes, never before it opens. */
  readonly exitMs: Float64Array;
  /** Net of costs, fraction of the notional at entry. */
  readonly netReturn: Float64Array;
  /** 1 long, -1 short. */
  readonly side: Int8Array;
  /** Hour (New York) of the entry bar, 0 to 23. */
  readonly entryHour: Uint8Array;
  /** Notional bought plus notional sold, in units of the starting equity (about 2 for a full position in and out at the start). */
  readonly tradedNotional: Float64Array;
  /** All costs over the equity at entry. */
  readonly cost: Float64Array;
  /** The part of `cost` that is slippage. */
  readonly slippageCost?: Float64Array;
  /** R: loss at the stop (else 1 ATR(14) x size) over the equity at entry. */
  readonly risk?: Float64Array;
  /** Order over the median 20-day dollar volume known at the decision, basis points; NaN = unknown. */
  readonly advBps?: Float64Array;
  /** Session index of the entry; with `symbol` (an index too) it joins same-day trades across symbols into one bet. */
  readonly entrySession?: Int32Array;
  readonly symbol?: Int32Array;
  /** Options only: spread in percent of mid, open interest and volume of the contract at entry; NaN = unknown. */
  readonly spreadPct?: Float64Array;
  readonly openInterest?: Float64Array;
  readonly optionVolume?: Float64Array;
}

/** What one evaluated variant hands over. Both return columns cover the same sessions, oldest first, without NaN. */
export interface RunMetricsInput {
  /** Net returns of the strategy on allocated capital, one a session, idle sessions 0. */
  readonly dailyReturns: Float64Array;
  /** Returns of the instrument over the same sessions. */
  readonly instrumentReturns: Float64Array;
  readonly trades: TradeColumns;
  /** Index of each fold's first session, ascending, the first 0; the last fold ends with the columns. */
  readonly foldStarts: Int32Array;
  /** What each session earns without risk, and its stamp `rf=SYMBOL`; absent = nothing is taken off, `rf=0`. */
  readonly riskFree?: { readonly stamp: string; readonly returns: Float64Array };
  /** Sessions of a year, 252 for US equities. */
  readonly sessionsPerYear: number;
  /** True when the instrument's return is taken out of the strategy's; false for market-neutral strategies. */
  readonly directional: boolean;
  /** Rows that passed threshold, hours and cooldown: what could have been filled. */
  readonly candidates: number;
  /** Mean share of capital in the market over the sessions, 0 to 1 (more with leverage). */
  readonly exposure: number;
  /** Net returns per bar and bars per session, for the classic `best_sharpe_hourly`; absent = daily bars. */
  readonly barReturns?: Float64Array;
  readonly barsPerSession?: number;
  /** `benchmarkMetrics(instrumentReturns, sessionsPerYear)`, when a caller evaluates many variants over the same sessions. */
  readonly benchmark?: BenchmarkMetrics;
}

/** A Sharpe ratio of fewer trades describes the calendar, not the strategy. */
const MIN_SHARPE_TRADES = 10;

/**
 * Every metric that a gate, a leaderboard row or a report card needs, in a few passes over sessions and trades.
 * Significance that needs other variants (DSR, CSCV) or resampling (bootstrap) is computed elsewhere, for reports only.
 *
 * @throws RangeError when the columns do not fit together (a bug of the caller, not of the data)
 */
export function computeRunMetrics(input: RunMetricsInput): RunMetrics {
  const { dailyReturns, instrumentReturns, trades, foldStarts, sessionsPerYear } = input;
  const sessions = dailyReturns.length;
  if (instrumentReturns.length !== sessions)
    throw new RangeError(`Strategy and instrument returns differ in length: ${sessions} and ${instrumentReturns.length}.`);

  const gaps = new Gaps();
  const path = equityPath(dailyReturns);
  const annual = annualReturn(path.totalReturn, sessions, sessionsPerYear);
  const year = Math.sqrt(sessionsPerYear);
  const riskFree = input.riskFree?.returns ?? null;
  const excess = excessReturns(dailyReturns, riskFree);
  const fit = residualReturns(excess, excessReturns(instrumentReturns, riskFree), input.directional, scratchOf(sessions));
  const own = moments(dailyReturns);
  const net = riskFree === null ? own : moments(excess);
  const residual = moments(fit.residual);
  const stats = tradeStats(trades.netReturn, trades.count);
  const bets = countBets(trades);
  const few = tooFew(trades.count, sessions);
  const folds = foldSharpes(fit.residual, foldStarts, sessionsPerYear);
  const es95 = expectedShortfall95(trades.netReturn, trades.count);
  const skill = skillOf(net, sessions, year, few, "", gaps);
  const residualSkill = skillOf(residual, sessions, year, few, "residual.", gaps);
  const years = sessions / sessionsPerYear;
  const noSession = sessions === 0 ? "no_sessions" : "not_finite";
  const noTrade = trades.count === 0 ? "no_trades" : "not_finite";
  const benchmark = input.benchmark ?? benchmarkMetrics(instrumentReturns, sessionsPerYear, riskFree);
  gaps.ofBenchmark(benchmark, sessions);

  return {
    sessions,
    trades: trades.count,
    bets,
    bets_per_year: gaps.or("bets_per_year", years > 0 ? bets / years : Number.NaN, "no_sessions"),
    win_rate: gaps.or("win_rate", stats.winRate, noTrade),
    profit_factor: gaps.or("profit_factor", stats.profitFactor, trades.count === 0 ? "no_trades" : "no_losing_trade"),
    average_win: gaps.or("average_win", stats.averageWin, "no_winning_trade"),
    average_loss: gaps.or("average_loss", stats.averageLoss, "no_losing_trade"),
    expectancy: gaps.or("expectancy", stats.expectancy, noTrade),
    total_return: gaps.or("total_return", sessions === 0 ? Number.NaN : path.totalReturn, noSession),
    annual_return: gaps.or("annual_return", annual, noSession),
    volatility: gaps.or("volatility", own.sd * year, sessions < 2 ? "sessions_below_2" : "not_finite"),
    ...skill,
    sortino: gaps.or("sortino", few === null ? sortinoRatio(excess, sessionsPerYear) : Number.NaN, few ?? "no_losing_session"),
    calmar: gaps.or("calmar", calmarRatio(annual, path.maxDrawdown, sessions), calmarGap(sessions)),
    max_drawdown_pct: gaps.or("max_drawdown_pct", sessions === 0 ? Number.NaN : 100 * path.maxDrawdown, noSession),
    max_drawdown_sessions: gaps.or("max_drawdown_sessions", sessions === 0 ? Number.NaN : path.maxDrawdownLength, noSession),
    es95: gaps.or("es95", es95, `trades_below_${MIN_ES95_TRADES}`),
    es95_mult: gaps.or(
      "es95_mult",
      expectedShortfallMultiple(es95, stats.averageLoss, trades.count),
      trades.count < MIN_ES95_MULT_TRADES ? `trades_below_${MIN_ES95_MULT_TRADES}` : "no_losing_trade",
    ),
    turnover: gaps.or("turnover", turnoverPerWeek(trades.tradedNotional, dailyReturns, trades.count), noSession),
    exposure: gaps.or("exposure", sessions === 0 ? Number.NaN : input.exposure, noSession),
    fill_rate: gaps.or("fill_rate", input.candidates > 0 ? trades.count / input.candidates : Number.NaN, "no_candidates"),
    adv_bps: quantileOf(gaps, "adv_bps", trades.advBps, 0.95, trades.count),
    costs: gaps.or("costs", columnSum(trades.cost, trades.count), "not_finite"),
    slippage_cost: gaps.or(
      "slippage_cost",
      trades.slippageCost === undefined ? Number.NaN : columnSum(trades.slippageCost, trades.count),
      "not_given",
    ),
    worst_daily_loss_r: worstDailyLossR(gaps, dailyReturns, trades),
    spread_pct: quantileOf(gaps, "spread_pct", trades.spreadPct, 0.95, trades.count),
    open_interest: quantileOf(gaps, "open_interest", trades.openInterest, 0.05, trades.count),
    option_volume: quantileOf(gaps, "option_volume", trades.optionVolume, 0.05, trades.count),
    sd_fold_sharpe: gaps.or("sd_fold_sharpe", deviationOfKnown(folds), "folds_below_2"),
    fold_sharpe: Array.from(folds, (ratio, fold) => gaps.or(`fold_sharpe.${fold}`, ratio, "fold_too_short_or_constant")),
    best_sharpe_hourly: gaps.or("best_sharpe_hourly", few === null ? barSharpe(input, own) : Number.NaN, few ?? "no_variance"),
    ...hitRates(trades, gaps),
    residual: {
      ...residualSkill,
      alpha_annual: gaps.or("residual.alpha_annual", fit.alpha * sessionsPerYear, noSession),
      beta: gaps.or("residual.beta", sessions === 0 ? Number.NaN : fit.beta, noSession),
      r_squared: gaps.or("residual.r_squared", fit.rSquared, "no_variance"),
      volatility: gaps.or("residual.volatility", residual.sd * year, sessions < 2 ? "sessions_below_2" : "not_finite"),
      skew: gaps.or("residual.skew", residual.skew, "no_variance"),
      kurtosis: gaps.or("residual.kurtosis", residual.kurtosis, "no_variance"),
    },
    benchmark,
    rf: input.riskFree?.stamp ?? "rf=0",
    undefined_reasons: gaps.reasons,
  };
}

/** Turns what is not finite into null and remembers why. */
class Gaps {
  readonly reasons: Record<string, string> = {};

  or(key: string, value: number, reason: string): number | null {
    if (Number.isFinite(value)) return value;
    this.reasons[key] = reason;
    return null;
  }

  ofBenchmark(benchmark: BenchmarkMetrics, sessions: number): void {
    for (const [key, value] of Object.entries(benchmark)) {
      if (value !== null) continue;
      const short = sessions < MIN_SHARPE_SESSIONS ? `sessions_below_${MIN_SHARPE_SESSIONS}` : "no_variance";
      this.reasons[`benchmark.${key}`] = key === "calmar" ? calmarGap(sessions) : key === "sharpe" ? short : "no_sessions";
    }
  }
}

/** Sharpe ratio with what is known about its error. */
function skillOf(shape: Moments, sessions: number, year: number, few: string | null, prefix: string, gaps: Gaps) {
  const sharpe = few === null ? sharpeOfMoments(shape) : Number.NaN;
  const reason = few ?? "no_variance";
  const estimate = { sharpe, periods: sessions, skew: shape.skew, kurtosis: shape.kurtosis };
  const unproven = Number.isFinite(sharpe) ? "sharpe_not_above_0" : reason;
  return {
    sharpe: gaps.or(`${prefix}sharpe`, sharpe * year, reason),
    sharpe_se: gaps.or(`${prefix}sharpe_se`, loStandardError(sharpe, sessions) * year, reason),
    psr: gaps.or(`${prefix}psr`, probabilisticSharpe(estimate), reason),
    min_track_record_sessions: gaps.or(`${prefix}min_track_record_sessions`, minTrackRecord(estimate), unproven),
  };
}

function tooFew(trades: number, sessions: number): string | null {
  if (trades < MIN_SHARPE_TRADES) return `trades_below_${MIN_SHARPE_TRADES}`;
  return sessions < MIN_SHARPE_SESSIONS ? `sessions_below_${MIN_SHARPE_SESSIONS}` : null;
}

const calmarGap = (sessions: number): string => (sessions < MIN_CALMAR_SESSIONS ? `sessions_below_${MIN_CALMAR_SESSIONS}` : "no_drawdown");

function barSharpe({ barReturns, barsPerSession = 1, sessionsPerYear }: RunMetricsInput, daily: Moments): number {
  if (barReturns === undefined) return sharpeOfMoments(daily) * Math.sqrt(sessionsPerYear);
  return sharpeRatio(barReturns, sessionsPerYear * barsPerSession);
}

function quantileOf(gaps: Gaps, key: string, column: Float64Array | undefined, q: number, count: number): number | null {
  if (column === undefined) return gaps.or(key, Number.NaN, "not_given");
  return gaps.or(key, nearestRankQuantile(column, q, count), count === 0 ? "no_trades" : "unknown");
}

function columnSum(column: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += column[i]!;
  return sum;
}

/** The largest daily loss over the mean R of the trades. */
function worstDailyLossR(gaps: Gaps, dailyReturns: Float64Array, { risk, count }: TradeColumns): number | null {
  const key = "worst_daily_loss_r";
  if (risk === undefined) return gaps.or(key, Number.NaN, "not_given");
  const meanRisk = columnSum(risk, count) / count;
  let worst = 0;
  for (let i = 0; i < dailyReturns.length; i += 1) if (dailyReturns[i]! < worst) worst = dailyReturns[i]!;
  return gaps.or(key, meanRisk > 0 ? -worst / meanRisk : Number.NaN, count === 0 ? "no_trades" : "no_risk_unit");
}

function hitRates({ count, netReturn, entryHour, side }: TradeColumns, gaps: Gaps) {
  const tradesAt = new Int32Array(24);
  const winsAt = new Int32Array(24);
  let long = 0;
  let longWins = 0;
  let wins = 0;
  for (let i = 0; i < count; i += 1) {
    const hour = entryHour[i]!;
    const win = netReturn[i]! > 0 ? 1 : 0;
    tradesAt[hour]! += 1;
    winsAt[hour]! += win;
    wins += win;
    if (side[i]! > 0) {
      long += 1;
      longWins += win;
    }
  }
  const tradesByHour: Record<string, number> = {};
  const hitRateByHour: Record<string, number> = {};
  for (let hour = 0; hour < 24; hour += 1) {
    if (tradesAt[hour] === 0) continue;
    tradesByHour[hour] = tradesAt[hour]!;
    hitRateByHour[hour] = winsAt[hour]! / tradesAt[hour]!;
  }
  const short = count - long;
  return {
    trades_by_hour: tradesByHour,
    hit_rate_by_hour: hitRateByHour,
    trades_by_side: { long, short },
    hit_rate_by_side: {
      long: gaps.or("hit_rate_by_side.long", longWins / long, "no_trades"),
      short: gaps.or("hit_rate_by_side.short", (wins - longWins) / short, "no_trades"),
    },
  };
}

let scratch = new Float64Array(0);

/** One residual column is reused for all variants of a sweep; nothing outside this file sees it. */
function scratchOf(length: number): Float64Array {
  if (scratch.length < length) scratch = new Float64Array(length);
  return scratch.subarray(0, length);
}
