import { SigmaError } from "../../../errors/sigma-error.ts";
import type { EdgeSpec } from "./edge.schema.ts";

/** What the numbers of an edge follow from, and what the declared rule makes of them in the long run. */
export interface EdgeTheory {
  /**
   * Mean of the next bar's return for a feature of one, in standard deviations of the bar; negative for a reversal. The feature
   * has mean 0 and variance 1.
   */
  readonly effect: number;
  /** Correlation of the feature with itself one bar later. */
  readonly persistence: number;
  /** Weight of the newest return in the feature. */
  readonly weight: number;
  /** How often the rule changes sides, of bars. */
  readonly flipShare: number;
  /** Daily, a year: before and after costs. */
  readonly grossSharpe: number;
  readonly netSharpe: number;
}

export const BARS_PER_SESSION = { daily: 1, hourly: 7 } as const;
const SESSIONS_PER_YEAR = 252;
/** Spread of the log volatility where the feature is volume; see the generator. */
export const VOLUME_VOLATILITY_SPREAD = 0.3;
const ROOT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);

/**
 * The effect that gives the declared rule the stated Sharpe ratio, and what else follows from it.
 *
 * @throws INVALID_PARAM when no effect does: the costs are too high for the half-life, or the Sharpe ratio is out of reach
 */
export function edgeTheoryOf(spec: EdgeSpec): EdgeTheory {
  if (spec.annual_sharpe === 0) return theoryAt(spec, 0);
  const most = largestEffect(spec);
  const best = theoryAt(spec, most).netSharpe;
  if (best < spec.annual_sharpe) throw outOfReach(spec, best);
  let low = 0;
  let high = most;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (theoryAt(spec, middle).netSharpe < spec.annual_sharpe) low = middle;
    else high = middle;
  }
  return theoryAt(spec, high);
}

/**
 * Long-run moments of the rule's daily net return. With x the feature, p = sign(x) the side taken for the next bar (minus it for a
 * reversal), s the bar's standard deviation, e the effect, k the cost of changing sides:
 *
 *     bar        g = s (|e| |x| + p n),  n standard normal        mean s |e| sqrt(2/pi)
 *     change     f = 1 when p differs from the last one           mean q = arccos(persistence) / pi
 *     session    R = night + sum over its bars of g - k f
 *
 * The variance has all terms within a session but the covariance of changes with each other and with the returns of bars further
 * away, which are below a thousandth of it; with one bar a session there are none.
 *
 * @param size - the effect's absolute value
 * @see Rosenblatt & Slepian (1962) for sign moments of Gaussian pairs; Stein's lemma for those with the shock
 */
function theoryAt(spec: EdgeSpec, size: number): EdgeTheory {
  const bars = BARS_PER_SESSION[spec.cadence];
  const daily = spec.annual_volatility ** 2 / SESSIONS_PER_YEAR;
  const night = daily * spec.overnight_share;
  const s = Math.sqrt((daily - night) / bars);
  const persistence = 0.5 ** (1 / spec.half_life);
  const ownReturns = spec.feature !== "volume";
  const weight = ownReturns ? Math.sqrt(1 - persistence ** 2) : 0;
  const sign = spec.feature === "reversal" ? -1 : 1;
  const k = (2 * spec.cost_bps) / 10_000;
  const q = Math.acos(persistence) / Math.PI;
  // Volatility that changes makes the mean return smaller beside the root of the mean square.
  const meanVolatility = ownReturns ? 1 : Math.exp(-(VOLUME_VOLATILITY_SPREAD ** 2) / 2);

  const mean = s * meanVolatility * size * ROOT_TWO_OVER_PI;
  let square = bars * s * s * (1 + size * size);
  for (let lag = 1; lag < bars; lag++) {
    const r = persistence ** lag;
    const product = size * size * meanAbsoluteProduct(r);
    const shock = sign * size * weight * persistence ** (lag - 1) * (2 / Math.PI) * Math.asin(r);
    square += 2 * (bars - lag) * s * s * (product + shock);
  }
  const atChange = s * meanVolatility * size * ((1 - persistence) / Math.sqrt(2 * Math.PI) - q * ROOT_TWO_OVER_PI);
  const beforeChange = atChange - (s * sign * weight) / Math.sqrt(2 * Math.PI);
  const returns = night + square - (bars * mean) ** 2;
  const costs = k * k * bars * q * (1 - q) - 2 * k * (bars * atChange + (bars - 1) * beforeChange);
  return {
    effect: sign * size,
    persistence,
    weight,
    flipShare: q,
    grossSharpe: (Math.sqrt(SESSIONS_PER_YEAR) * bars * mean) / Math.sqrt(returns),
    netSharpe: (Math.sqrt(SESSIONS_PER_YEAR) * bars * (mean - k * q)) / Math.sqrt(returns + costs),
  };
}

/** E|x||y| of standard normals with correlation r. */
const meanAbsoluteProduct = (r: number): number => (2 / Math.PI) * (Math.sqrt(1 - r * r) + r * Math.asin(r));

/** A reversal larger than this could not be read off past returns: what is not known of the beginning would grow. */
function largestEffect({ feature, half_life }: EdgeSpec): number {
  if (feature !== "reversal") return 1;
  const persistence = 0.5 ** (1 / half_life);
  return Math.min(1, 0.98 * Math.sqrt((1 - persistence) / (1 + persistence)));
}

function outOfReach({ annual_sharpe, cost_bps, half_life, cadence, feature }: EdgeSpec, best: number): SigmaError {
  const issue = `must be at most ${Math.max(0, best).toFixed(2)} for a ${feature} of ${half_life} ${cadence} bars at ${cost_bps} bp a side`;
  return new SigmaError(
    "INVALID_PARAM",
    `annual_sharpe ${issue}; found "${annual_sharpe}". Lower it or cost_bps, or choose another half_life.`,
    { field: "annual_sharpe", annualSharpe: annual_sharpe, most: best },
    { fieldErrors: [{ path: "annual_sharpe", issue }] },
  );
}
