import type { KeyedRng } from "../../../core/rng.ts";
import type { MarketSpec } from "./market.schema.ts";

const SESSIONS_PER_YEAR = 252;

/** How the market's volatility moves. Time is counted in sessions of average variance. */
export interface VolatilityModel {
  /** Mean variance of a session without jumps. */
  readonly meanVariance: number;
  /** Mean variance that jumps add to a session. */
  readonly jumpVariance: number;
  /** Standard deviations of the two parts of the log volatility. */
  readonly slow: number;
  readonly fast: number;
  /** Rates at which they return to zero, a session. */
  readonly slowRate: number;
  readonly fastRate: number;
  readonly leverage: number;
}

export function volatilityModelOf({ annual_volatility, jumps, volatility }: MarketSpec): VolatilityModel {
  const total = annual_volatility ** 2 / SESSIONS_PER_YEAR;
  const jumpVariance = (jumps.per_year * (jumps.mean ** 2 + jumps.deviation ** 2)) / SESSIONS_PER_YEAR;
  return {
    meanVariance: total - jumpVariance,
    jumpVariance,
    slow: volatility.slow,
    fast: volatility.fast,
    slowRate: Math.LN2 / volatility.slow_half_life,
    fastRate: Math.LN2 / volatility.fast_half_life,
    leverage: volatility.leverage,
  };
}

/** The two parts of the log volatility, each of variance one, moving with returns. */
export interface VolatilityState {
  slow(): number;
  fast(): number;
  /** Log of the volatility over that of a middling session. */
  logVolatility(): number;
  /** Variance of a whole session at this volatility, without jumps. */
  variance(): number;
  /**
   * @param time - in sessions
   * @param shock - the return's standard normal over that time
   */
  advance(time: number, shock: number): void;
}

/** Begins at the stationary distribution, drawn from where the generator stands. */
export function createVolatilityState(model: VolatilityModel, rng: KeyedRng): VolatilityState {
  let slow = rng.normal();
  let fast = rng.normal();
  const own = Math.sqrt(1 - model.leverage ** 2);
  const moved = (value: number, rate: number, time: number, shock: number): number => {
    const kept = Math.exp(-rate * time);
    return kept * value + Math.sqrt(1 - kept * kept) * (model.leverage * shock + own * rng.normal());
  };
  return {
    slow: () => slow,
    fast: () => fast,
    logVolatility: () => model.slow * slow + model.fast * fast,
    variance: () => varianceAt(model, slow, fast),
    advance(time, shock) {
      slow = moved(slow, model.slowRate, time, shock);
      fast = moved(fast, model.fastRate, time, shock);
    },
  };
}

/** Variance of a whole session, without jumps, at a state of the log volatility. Its mean over all states is the model's. */
export function varianceAt(model: VolatilityModel, slow: number, fast: number): number {
  // Both parts respond to one return with the same leverage, but their own noises differ; their covariance is what leverage makes.
  return (
    model.meanVariance *
    Math.exp(
      2 * (model.slow * slow + model.fast * fast) -
        2 * model.slow ** 2 -
        2 * model.fast ** 2 -
        4 * model.slow * model.fast * covarianceOf(model),
    )
  );
}

/**
 * Covariance of the two parts over all states: returns move both.
 *
 * In continuous time, each part being X' = -kX + sqrt(2k) dW with the shared share of leverage squared in dW.
 */
function covarianceOf({ slowRate, fastRate, leverage }: VolatilityModel): number {
  return (leverage ** 2 * 2 * Math.sqrt(slowRate * fastRate)) / (slowRate + fastRate);
}

/**
 * Variance that a session of average length is expected to have, jumps included, as seen from a state.
 *
 * @param ahead - sessions from now
 */
function expectedVariance(model: VolatilityModel, slow: number, fast: number, ahead: number): number {
  const s = Math.exp(-model.slowRate * ahead);
  const f = Math.exp(-model.fastRate * ahead);
  const a = model.slow;
  const b = model.fast;
  // The mean of a log-normal: stationary variance minus what is still known of the state.
  const shared = covarianceOf(model) * s * f;
  const logMean = 2 * (a * slow * s + b * fast * f) - 2 * (a * s) ** 2 - 2 * (b * f) ** 2 - 4 * a * b * shared;
  return model.meanVariance * Math.exp(logMean) + model.jumpVariance;
}

/**
 * Variance expected between now and later times, jumps included.
 *
 * @param times - in sessions from now, ascending
 * @param out - receives one value for each time
 */
export function expectedVariances(model: VolatilityModel, slow: number, fast: number, times: ArrayLike<number>, out: Float64Array): void {
  let at = 0;
  let total = 0;
  let rate = expectedVariance(model, slow, fast, 0);
  for (let i = 0; i < times.length; i++) {
    const span = times[i]! - at;
    // Simpson's rule; the fast part needs short steps only while it lasts.
    const steps = Math.max(1, Math.ceil(span / (at < 10 ? 1 : 4)));
    const width = span / steps;
    for (let k = 0; k < steps; k++) {
      const middle = expectedVariance(model, slow, fast, at + width / 2);
      const end = expectedVariance(model, slow, fast, at + width);
      total += (width * (rate + 4 * middle + end)) / 6;
      rate = end;
      at += width;
    }
    at = times[i]!;
    out[i] = total;
  }
}
