import { excessReturns } from "../../metrics/excess-returns.ts";
import { residualReturns } from "../../metrics/residual-returns.ts";
import type { EvaluationContext, VariantEvaluation } from "../evaluate-variant.ts";

/** Y of the square-root law: of order one in every study of it. */
export const IMPACT_COEFFICIENT = 1;
const SESSIONS_PER_YEAR = 252;
/** Trades whose volume or volatility may be unknown before capacity is unknown too. */
const MOST_UNKNOWN_SHARE = 0.25;
const HALVINGS = 60;

/** Capital in USD, or why it is undefined. */
export interface CapacityEstimate {
  readonly halfSharpe: number;
  readonly halfSharpeReason: string;
  readonly noAlpha: number;
  readonly noAlphaReason: string;
  readonly medianDollarVolume: number;
  readonly knownShare: number;
}

/**
 * How much capital a variant carries before its own orders move the price too far. Each side of a trade pays
 * `Y sigma sqrt(order / ADV)` of its notional: sigma the daily volatility of the last 60 sessions, ADV the median dollar
 * volume of the last 20, both known at the decision; the order is the trade's share of equity times the capital. A session's
 * impact is then sqrt(capital) times a number of that session, so one pass gives the net returns for every capital.
 *
 * A trade whose volume or volatility is unknown pays as the dearest of the known ones. Options have none of this: how their
 * makers answer to size is not known from the volume of the underlying.
 *
 * @see Tóth et al., Anomalous Price Impact and the Critical Nature of Liquidity in Financial Markets, Physical Review X 1 (2011)
 */
export function capacityOf(context: EvaluationContext, { trades, daily, options }: VariantEvaluation): CapacityEstimate {
  if (options !== null) return unknownCapacity("options_have_no_impact_model", { medianDollarVolume: Number.NaN, knownShare: Number.NaN });
  const impact = unitImpact(context, trades);
  const known = { medianDollarVolume: impact.medianDollarVolume, knownShare: impact.knownShare };
  if (trades.count === 0) return unknownCapacity("no_trades", known);
  if (impact.knownShare < 1 - MOST_UNKNOWN_SHARE) return unknownCapacity("dollar_volume_unknown", known);
  const excess = excessReturns(daily, context.riskFree);
  const market = excessReturns(context.instrumentReturns, context.riskFree);
  const { residual } = residualReturns(excess, market, context.input.directional ?? true);
  const net = halfSharpeRoot(excess, impact.perSession);
  const gone = meanOf(residual) / meanOf(impact.perSession);
  return {
    halfSharpe: net ** 2,
    halfSharpeReason: "sharpe_not_above_0",
    noAlpha: gone > 0 ? gone ** 2 : Number.NaN,
    noAlphaReason: "no_residual_return",
    ...known,
  };
}

function unknownCapacity(reason: string, known: Pick<CapacityEstimate, "medianDollarVolume" | "knownShare">): CapacityEstimate {
  return { halfSharpe: Number.NaN, halfSharpeReason: reason, noAlpha: Number.NaN, noAlphaReason: reason, ...known };
}

/** Impact of each session at a capital of one dollar, as a fraction of equity. */
function unitImpact({ tape, range }: EvaluationContext, trades: VariantEvaluation["trades"]) {
  const dollarVolume = tape.dollarVolume();
  const volatility = tape.volatility();
  const firstSession = tape.session[range.start] ?? 0;
  const rates = new Float64Array(trades.count);
  const volumes: number[] = [];
  let dearest = 0;
  for (let i = 0; i < trades.count; i++) {
    const row = trades.decisionRow[i]!;
    const sigma = volatility[row]! / Math.sqrt(SESSIONS_PER_YEAR);
    const rate = (IMPACT_COEFFICIENT * sigma) / Math.sqrt(dollarVolume[row]!);
    rates[i] = Number.isFinite(rate) ? rate : Number.NaN;
    if (Number.isNaN(rates[i]!)) continue;
    volumes.push(dollarVolume[row]!);
    dearest = Math.max(dearest, rates[i]!);
  }
  const perSession = new Float64Array(range.end > range.start ? tape.session[range.end - 1]! - firstSession + 1 : 0);
  for (let i = 0; i < trades.count; i++) {
    const share = trades.notional[i]! / trades.equity[i]!;
    const cost = (Number.isNaN(rates[i]!) ? dearest : rates[i]!) * share ** 1.5;
    for (const row of [trades.entryRow[i]!, trades.exitRow[i]!]) {
      const session = tape.session[row]! - firstSession;
      perSession[session] = perSession[session]! + cost;
    }
  }
  volumes.sort((a, b) => a - b);
  const middle = volumes.length >> 1;
  const median = volumes.length % 2 === 1 ? volumes[middle]! : (volumes[middle - 1]! + volumes[middle]!) / 2;
  return { perSession, medianDollarVolume: median, knownShare: volumes.length / trades.count };
}

/** The root of the capital at which the Sharpe ratio is half of what it is without impact; NaN when that is not above 0. */
function halfSharpeRoot(daily: Float64Array, impact: Float64Array): number {
  const mean = meanOf(daily);
  const perRoot = meanOf(impact);
  const [rr, rk, kk] = [covariance(daily, daily), covariance(daily, impact), covariance(impact, impact)];
  const sharpe = (root: number): number => (mean - root * perRoot) / Math.sqrt(rr - 2 * root * rk + root * root * kk);
  const free = sharpe(0);
  if (!(free > 0) || !(perRoot > 0)) return Number.NaN;
  let low = 0;
  let high = mean / perRoot;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (sharpe(middle) > free / 2) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

function covariance(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - meanA) * (b[i]! - meanB);
  return sum / a.length;
}
