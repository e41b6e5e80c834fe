import { NYSE } from "../../../core/calendar.ts";
import { barStartsOf } from "../../../core/session.ts";
import { type DateNumber, parseDate } from "../../../core/time.ts";
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
  const sessions = sessionLengthsOf(spec.cadence);
  if (spec.annual_sharpe === 0) return theoryAt(spec, 0, sessions);
  const most = largestEffect(spec);
  const best = theoryAt(spec, most, sessions).netSharpe;
  if (best < spec.annual_sharpe) throw outOfReach(spec, best);
  let low = 0;
  let high = most;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (theoryAt(spec, middle, sessions).netSharpe < spec.annual_sharpe) low = middle;
    else high = middle;
  }
  return theoryAt(spec, high, sessions);
}

/** What the moments of a session follow from; all a bar, standard deviations of the bar where nothing else is said. */
interface Bar {
  /** Standard deviation of the bar's return. */
  readonly s: number;
  /** The effect's absolute value. */
  readonly size: number;
  /** 1, or -1 for a reversal. */
  readonly sign: 1 | -1;
  readonly persistence: number;
  readonly weight: number;
  /** Cost of changing sides. */
  readonly k: number;
  /** Mean volatility beside the root of its mean square: below 1 where volatility changes from session to session. */
  readonly meanVolatility: number;
}

/**
 * Long-run moments of the rule's daily net return. With x the feature, p = sign(x) the side taken for the next bar (minus it for a
 * reversal), s the bar's standard deviation, e the effect, k the cost of changing sides:
 *
 *     bar        g = s (|e| |x| + p n),  n standard normal        mean s |e| sqrt(2/pi)
 *     change     f = 1 when p differs from the last one           mean q = arccos(persistence) / pi
 *     session    R = night + sum over its bars of g - k f
 *
 * Half days have fewer bars; their share is that of the whole calendar. Left out is only the covariance of changes in different bars of
 * one session, of the order k^2: below a thousandth of the variance. With one bar a session there is none.
 *
 * @see Rosenblatt & Slepian (1962) for sign moments of Gaussian variables; Stein's lemma for those with a factor x or n
 */
function theoryAt(spec: EdgeSpec, size: number, sessions: SessionLengths): EdgeTheory {
  const daily = spec.annual_volatility ** 2 / SESSIONS_PER_YEAR;
  const night = daily * spec.overnight_share;
  const persistence = 0.5 ** (1 / spec.half_life);
  const ownReturns = spec.feature !== "volume";
  const bar: Bar = {
    s: Math.sqrt((daily - night) / BARS_PER_SESSION[spec.cadence]),
    size,
    sign: spec.feature === "reversal" ? -1 : 1,
    persistence,
    weight: ownReturns ? Math.sqrt(1 - persistence ** 2) : 0,
    k: (2 * spec.cost_bps) / 10_000,
    meanVolatility: ownReturns ? 1 : Math.exp(-(VOLUME_VOLATILITY_SPREAD ** 2) / 2),
  };
  const flipShare = Math.acos(persistence) / Math.PI;
  const sharpe = (costs: Bar): number => {
    let [mean, square] = [0, night];
    for (const [bars, share] of sessions) {
      mean += share * bars * (costs.s * costs.meanVolatility * size * ROOT_TWO_OVER_PI - costs.k * flipShare);
      square += share * sessionSquare(costs, bars);
    }
    return (Math.sqrt(SESSIONS_PER_YEAR) * mean) / Math.sqrt(square - mean * mean);
  };
  return {
    effect: bar.sign * size,
    persistence,
    weight: bar.weight,
    flipShare,
    grossSharpe: sharpe({ ...bar, k: 0 }),
    netSharpe: sharpe(bar),
  };
}

/** Mean square of a session's return without the night, for so many bars. */
function sessionSquare(bar: Bar, bars: number): number {
  const { s, size, k, persistence, meanVolatility } = bar;
  const q = Math.acos(persistence) / Math.PI;
  let square = bars * (s * s * (1 + size * size) + k * k * q);
  for (let lag = 1; lag < bars; lag++) square += 2 * (bars - lag) * (s * s * returnProduct(bar, lag) + k * k * q * q);
  // A change lies before its bar's return: the bar of the return is so many bars later, or earlier.
  for (let lag = 1 - bars; lag < bars; lag++) square -= 2 * (bars - Math.abs(lag)) * k * s * meanVolatility * changeProduct(bar, lag);
  return square;
}

/** E g g' of two bars of a session, in s^2. */
function returnProduct({ size, sign, weight, persistence }: Bar, lag: number): number {
  const r = persistence ** lag;
  const shock = sign * size * weight * persistence ** (lag - 1) * (2 / Math.PI) * Math.asin(r);
  return size * size * meanAbsoluteProduct(r) + shock;
}

/** E f g of a change and the return of a bar, `lag` bars later (0 = the bar that the change begins), in s. */
function changeProduct({ size, sign, weight, persistence }: Bar, lag: number): number {
  const r = (steps: number): number => persistence ** Math.abs(steps);
  // The change is between x at -1 and 0; the return's own feature is x at the lag.
  const product = size * absoluteWhenSignsDiffer(r(lag + 1), r(lag), r(1));
  if (lag >= 0) return product;
  // The return's shock moved the features of the change: -lag bars before, the first of them not at all when it is the next bar's.
  const steps = -lag;
  const partial = steps === 1 ? 1 : partialCorrelation(r(steps - 1), r(steps), r(1));
  const shock = -(weight * persistence ** (steps - 1) * (2 / Math.PI) * Math.asin(partial)) / Math.sqrt(2 * Math.PI);
  return product + sign * shock;
}

/** E|x||y| of standard normals with correlation r. */
const meanAbsoluteProduct = (r: number): number => (2 / Math.PI) * (Math.sqrt(1 - r * r) + r * Math.asin(r));

/** E |x| 1{y z < 0} of standard normals, by their correlations. */
function absoluteWhenSignsDiffer(xy: number, xz: number, yz: number): number {
  if (xy === 1 || xz === 1) return (1 - yz) / Math.sqrt(2 * Math.PI);
  const arcs =
    Math.asin(partialCorrelation(yz, xy, xz)) +
    xy * Math.asin(partialCorrelation(xz, xy, yz)) +
    xz * Math.asin(partialCorrelation(xy, xz, yz));
  return (ROOT_TWO_OVER_PI - ROOT_TWO_OVER_PI * (2 / Math.PI) * arcs) / 2;
}

/** Correlation of a and b where c is known: by those of a with b, a with c and b with c. */
function partialCorrelation(ab: number, ac: number, bc: number): number {
  const root = Math.sqrt((1 - ac * ac) * (1 - bc * bc));
  return Math.min(1, Math.max(-1, (ab - ac * bc) / root));
}

/** Numbers of bars that sessions have, with their shares. */
type SessionLengths = readonly (readonly [bars: number, share: number])[];

/** Over the whole calendar, so that the numbers of a history do not depend on where it ends. */
function sessionLengthsOf(cadence: EdgeSpec["cadence"]): SessionLengths {
  if (cadence === "daily") return [[1, 1]];
  const counts = new Map<number, number>();
  for (let i = 0; i < NYSE.sessionCount; i++) {
    const date = NYSE.sessionAt(i);
    const bars = NYSE.isEarlyClose(date) ? barStartsOf(date, cadence).length : BARS_PER_SESSION[cadence];
    counts.set(bars, (counts.get(bars) ?? 0) + 1);
  }
  return [...counts].map(([bars, count]) => [bars, count / NYSE.sessionCount] as const);
}

/** The sessions of an edge's history. @throws INVALID_PARAM when the calendar ends before they do */
export function edgeSessions({ first_date, sessions }: EdgeSpec): DateNumber[] {
  const first = parseDate(first_date, "first_date");
  const index = NYSE.sessionIndex(NYSE.isSession(first) ? first : NYSE.nextSession(first));
  if (index + sessions > NYSE.sessionCount) {
    throw new SigmaError(
      "INVALID_PARAM",
      `sessions must end inside the trading calendar; from "${first_date}" it has "${NYSE.sessionCount - index}", found "${sessions}". Begin earlier or ask for fewer.`,
      { field: "sessions", sessions },
    );
  }
  return Array.from({ length: sessions }, (_, i) => NYSE.sessionAt(index + i));
}

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
