import type { Bars, PriceSeries } from "../../core/bars.ts";
import { NYSE } from "../../core/calendar.ts";
import { createRng, type Rng } from "../../core/rng.ts";
import { parseDate } from "../../core/time.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import { fingerprintOf } from "../fingerprint.ts";
import type { PlantedEdge } from "./planted-edge.schema.ts";

/** What only the generator can know: how good the best possible rule would have been. */
export interface PlantedTruth {
  /** The hidden drift's sign, known at each close, held to the next close: annualised Sharpe without costs. */
  readonly oracleSharpe: number;
  /** Correlation of the hidden drift at the close with the return of the five sessions after it. */
  readonly oracleCorrelation5: number;
  /** Sharpe of holding the series, annualised. */
  readonly holdSharpe: number;
}

const GENERATOR = "planted-edge/1";
const SESSIONS_PER_YEAR = 252;

/**
 * A seeded daily market with a known small edge: a hidden drift that fades slowly and that past returns reveal in part.
 *
 *     drift     x[t] = phi x[t-1] + sqrt(1 - phi^2) n[t]                     (phi from the half-life; x has variance 1)
 *     log vol   h[t] = p h[t-1] + v m[t]
 *     return    r[t] = base + s[t] (edge x[t-1] + e[t]),  s[t] = daily volatility x exp(h[t]),  e[t] Student-t, variance 1
 *
 * The drift of a session is fixed at the close before it, so whoever knew it could trade on it. Prices are rounded to
 * cents, volumes to whole shares; volume follows volatility and the size of the move.
 *
 * @throws INVALID_PARAM when the dates hold fewer than two sessions or lie outside the calendar
 */
export function simulatePlantedEdge(symbol: string, spec: PlantedEdge): { readonly series: PriceSeries; readonly truth: PlantedTruth } {
  if (!symbol.startsWith("SIM")) throw new TypeError(`A simulated symbol starts with "SIM"; found "${symbol}".`);
  const sessions = sessionsOf(spec);
  const rng = createRng(`planted-edge:${spec.seed}`);
  const bars = emptyBars(symbol, sessions);
  const drift = new Float64Array(sessions.length + 1);
  const returns = new Float64Array(sessions.length);

  const hidden = rng.fork("drift");
  const volatility = rng.fork("volatility");
  const shocks = rng.fork("shocks");
  const path = rng.fork("path");
  const trade = rng.fork("volume");

  const phi = 0.5 ** (1 / spec.half_life);
  const dailyVolatility = spec.annual_volatility / Math.sqrt(SESSIONS_PER_YEAR);
  const base = spec.annual_drift / SESSIONS_PER_YEAR;
  let logVolatility = 0;
  let activity = 0;
  let previousClose = spec.start_price;
  drift[0] = hidden.normal();

  for (let t = 0; t < sessions.length; t++) {
    logVolatility = spec.volatility_persistence * logVolatility + spec.volatility_of_volatility * volatility.normal();
    const sigma = dailyVolatility * Math.exp(logVolatility);
    const mean = base + sigma * spec.edge * drift[t]!;
    const overnight = mean * spec.overnight_share + sigma * Math.sqrt(spec.overnight_share) * studentT(shocks, spec.tail_freedom);
    const intradayShock = Math.sqrt(1 - spec.overnight_share) * studentT(shocks, spec.tail_freedom);
    const open = toCents(previousClose * Math.exp(overnight));
    const close = toCents(open * Math.exp(mean * (1 - spec.overnight_share) + sigma * intradayShock));
    const intradaySigma = sigma * Math.sqrt(1 - spec.overnight_share);
    bars.open[t] = open;
    bars.close[t] = close;
    bars.high[t] = Math.max(toCents(extreme(open, close, intradaySigma, path, 1)), open, close);
    bars.low[t] = Math.min(toCents(extreme(open, close, intradaySigma, path, -1)), open, close);
    activity = 0.6 * activity + 0.2 * trade.normal();
    bars.volume[t] = Math.round(2e6 * Math.exp(0.5 * logVolatility + 0.15 * Math.abs(intradayShock) + activity));
    returns[t] = close / previousClose - 1;
    previousClose = close;
    drift[t + 1] = phi * drift[t]! + Math.sqrt(1 - phi * phi) * hidden.normal();
  }

  const truth = truthOf(drift, returns);
  const facts = {
    provider: "simulated",
    fingerprint: fingerprintOf(bars),
    stamps: ["simulated"],
    simulation: { generator: GENERATOR, seed: spec.seed, statement: statementOf(spec, truth) },
  };
  return { series: { bars, facts }, truth };
}

function sessionsOf(spec: PlantedEdge): number[] {
  const first = parseDate(spec.first_date, "first_date");
  const last = parseDate(spec.last_date, "last_date");
  const sessions = first <= last ? NYSE.sessionsBetween(first, last) : [];
  if (NYSE.isSession(last) && first <= last) sessions.push(last);
  if (sessions.length >= 2) return sessions;
  throw new SigmaError(
    "INVALID_PARAM",
    `A simulated series needs at least two sessions from first_date to last_date; found "${sessions.length}" from "${spec.first_date}" to "${spec.last_date}".`,
    { field: "last_date" },
  );
}

function emptyBars(symbol: string, sessions: readonly number[]): Bars {
  const length = sessions.length;
  const column = (): Float64Array => new Float64Array(length);
  return {
    symbol,
    cadence: "daily",
    length,
    start: Float64Array.from(sessions, (date) => NYSE.openOf(date)),
    end: Float64Array.from(sessions, (date) => NYSE.closeOf(date)),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    factor: column().fill(1),
  };
}

/** A Student-t variate scaled to variance 1. @param freedom - degrees of freedom, at least 3 */
function studentT(rng: Rng, freedom: number): number {
  const normal = rng.normal();
  let chiSquared = 0;
  for (let i = 0; i < freedom; i++) chiSquared += rng.normal() ** 2;
  return normal * Math.sqrt((freedom - 2) / chiSquared);
}

/**
 * The highest (side 1) or lowest (side -1) price of a Brownian path between two prices.
 *
 * @see Glasserman, Monte Carlo Methods in Financial Engineering (2004), section 6.4 (maximum of a Brownian bridge)
 */
function extreme(open: number, close: number, sigma: number, rng: Rng, side: 1 | -1): number {
  const move = Math.log(close / open) * side;
  const reach = (move + Math.sqrt(move * move - 2 * sigma * sigma * Math.log(1 - rng.uniform()))) / 2;
  return open * Math.exp(side * reach);
}

function toCents(price: number): number {
  return Math.max(Math.round(price * 100) / 100, 0.01);
}

function truthOf(drift: Float64Array, returns: Float64Array): PlantedTruth {
  const ruled = returns.map((value, t) => Math.sign(drift[t]!) * value);
  const known: number[] = [];
  const ahead: number[] = [];
  for (let t = 0; t + 5 < returns.length; t++) {
    let growth = 1;
    for (let k = 1; k <= 5; k++) growth *= 1 + returns[t + k]!;
    known.push(drift[t + 1]!);
    ahead.push(growth - 1);
  }
  return { oracleSharpe: annualSharpe(ruled), oracleCorrelation5: correlation(known, ahead), holdSharpe: annualSharpe(returns) };
}

function annualSharpe(values: Float64Array): number {
  const { mean, deviation } = moments(values);
  return deviation > 0 ? (mean / deviation) * Math.sqrt(SESSIONS_PER_YEAR) : Number.NaN;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  if (a.length < 2) return Number.NaN;
  const [left, right] = [moments(a), moments(b)];
  let product = 0;
  for (let i = 0; i < a.length; i++) product += (a[i]! - left.mean) * (b[i]! - right.mean);
  return product / (a.length - 1) / (left.deviation * right.deviation);
}

function moments(values: ArrayLike<number>): { readonly mean: number; readonly deviation: number } {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}

function statementOf(spec: PlantedEdge, truth: PlantedTruth): string {
  const head = `SIMULATED prices from seed ${spec.seed}; no market ever traded them.`;
  if (spec.edge === 0)
    return `${head} Nothing is planted: beside a drift of ${percent(spec.annual_drift)} a year, returns cannot be predicted.`;
  return (
    `${head} Planted: a hidden drift of ${spec.edge} session volatilities (standard deviation) with a half-life of ${spec.half_life} sessions, ` +
    `which past returns reveal in part. A rule that knew the drift's sign would have had a Sharpe of ${truth.oracleSharpe.toFixed(2)} before costs ` +
    `(holding: ${truth.holdSharpe.toFixed(2)}), and the drift's correlation with the next five sessions' return is ${truth.oracleCorrelation5.toFixed(2)}. ` +
    "No model can do better than that rule; one that sees only prices does worse."
  );
}

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
