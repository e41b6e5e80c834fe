import { normalCdf, normalQuantile } from "../metrics/normal.ts";
import { normalDensity } from "./mills-ratio.ts";
import { normalizedBlack, normalizedBlackComplement, normalizedVega } from "./normalized-black.ts";
import { type CurveEnds, controlForBend, rationalCubic } from "./rational-cubic.ts";

const ROOT_THREE = Math.sqrt(3);
const TWO_PI = 2 * Math.PI;
/** Householder's step of third order leaves the fourth power of this. */
const LAST_STEP = 1e-5;
/** Two or three steps are the rule; halving the bracket each time would end long before. */
const MAX_STEPS = 1200;

/** What is solved: the price itself, 1/log of a price near 0, log of what a price near its bound lacks. */
type Form = "price" | "small_price" | "near_bound";

/**
 * The total volatility s with `normalizedBlack(x, s) = beta`: volatility x sqrt(years).
 *
 * The price as a function of s turns from convex to concave at s = sqrt(2|x|). The tangent there leads to two further points;
 * between the three, and beyond them in variables in which the curve is nearly straight, a rational cubic gives a guess that is
 * good to a few per mille. Householder's iteration of third order takes over, inside a bracket that halves where a step would
 * leave it, so it always ends.
 *
 * @param x - -|ln(F/K)|, at most 0
 * @param beta - the normalised price, above 0 and below e^(x/2)
 * @param lack - e^(x/2) - beta, given because it is often known to more digits than that difference has
 * @see Peter Jaeckel, "Let's Be Rational", Wilmott (2015)
 */
export function impliedTotalVol(x: number, beta: number, lack: number): number {
  const center = Math.sqrt(-2 * x);
  const valueCenter = center === 0 ? 0 : normalizedBlack(x, center);
  const vegaCenter = normalizedVega(x, center);
  if (beta < valueCenter) {
    const low = center - valueCenter / vegaCenter;
    const valueLow = low > 0 ? normalizedBlack(x, low) : 0;
    if (beta < valueLow) return solve(x, beta, lack, guessBelow(x, beta, low, valueLow), 0, low, "small_price");
    const ends = inverseCurve(valueLow, valueCenter, low, center, normalizedVega(x, low), vegaCenter);
    const guess = rationalCubic(beta, ends, controlForBend(ends, 0, "right", false));
    return solve(x, beta, lack, guess, low, center, "price");
  }
  const bound = beta + lack;
  const high = center + (bound - valueCenter) / vegaCenter;
  const valueHigh = normalizedBlack(x, high);
  if (beta <= valueHigh) {
    const ends = inverseCurve(valueCenter, valueHigh, center, high, vegaCenter, normalizedVega(x, high));
    const guess = rationalCubic(beta, ends, controlForBend(ends, 0, "left", false));
    return solve(x, beta, lack, guess, center, high, "price");
  }
  const guess = guessAbove(x, beta, bound, high, valueHigh);
  return solve(x, beta, lack, guess, high, Number.POSITIVE_INFINITY, beta > 0.5 * bound ? "near_bound" : "price");
}

/** Total volatility as a function of the price, between two of its points. */
const inverseCurve = (left: number, right: number, sLeft: number, sRight: number, vegaLeft: number, vegaRight: number): CurveEnds => ({
  left,
  right,
  valueLeft: sLeft,
  valueRight: sRight,
  slopeLeft: 1 / vegaLeft,
  slopeRight: 1 / vegaRight,
});

/** In f = 2 pi |x| / sqrt(27) N(-|x| / (sqrt(3) s))^3 a price that falls to zero is nearly straight. */
function guessBelow(x: number, beta: number, low: number, valueLow: number): number {
  const distance = -x;
  const scale = (TWO_PI * distance) / Math.sqrt(27);
  const z = distance / (ROOT_THREE * low);
  const tail = normalCdf(-z);
  const f = scale * tail ** 3;
  const y = z * z;
  const variance = low * low;
  const slope = TWO_PI * y * tail * tail * Math.exp(y + 0.125 * variance);
  const bend =
    (Math.PI / 6) *
    (y / (variance * low)) *
    tail *
    (8 * ROOT_THREE * low * distance + (3 * variance * (variance - 8) - 8 * x * x) * (tail / normalDensity(z))) *
    Math.exp(2 * y + 0.25 * variance);
  const ends: CurveEnds = { left: 0, right: valueLow, valueLeft: 0, valueRight: f, slopeLeft: 1, slopeRight: slope };
  let at = rationalCubic(beta, ends, controlForBend(ends, bend, "right", true));
  if (!(at > 0)) {
    // Rounding: a parabola with the same ends is never below zero.
    const t = beta / valueLow;
    at = (f * t + valueLow * (1 - t)) * t;
  }
  return distance / (ROOT_THREE * -normalQuantile(Math.cbrt(at / scale)));
}

/** In f = N(-s/2) a price that rises to its bound is nearly straight. */
function guessAbove(x: number, beta: number, bound: number, high: number, valueHigh: number): number {
  const f = normalCdf(-0.5 * high);
  const w = (x / high) ** 2;
  const slope = -0.5 * Math.exp(0.5 * w);
  const bend = (Math.sqrt(Math.PI / 2) * Math.exp(w + 0.125 * high * high) * w) / high;
  let at = 0;
  if (bend < 1e150) {
    const ends: CurveEnds = { left: valueHigh, right: bound, valueLeft: f, valueRight: 0, slopeLeft: slope, slopeRight: -0.5 };
    at = rationalCubic(beta, ends, controlForBend(ends, bend, "left", true));
  }
  if (!(at > 0)) {
    const width = bound - valueHigh;
    const t = (beta - valueHigh) / width;
    at = (f * (1 - t) + 0.5 * width * t) * (1 - t);
  }
  return -2 * normalQuantile(at);
}

function solve(x: number, beta: number, lack: number, guess: number, from: number, to: number, form: Form): number {
  let left = from;
  let right = to;
  let s = guess > left && guess < right ? guess : middle(left, right);
  const logBeta = form === "small_price" ? Math.log(beta) : 0;
  for (let i = 0; i < MAX_STEPS; i++) {
    const vega = normalizedVega(x, s);
    const h2 = (x / s) ** 2;
    const bend = h2 / s - 0.25 * s;
    const twist = bend * bend - (3 * h2) / (s * s) - 0.25;
    let newton: number;
    let halley: number;
    let third: number;
    if (form === "near_bound") {
      const gap = normalizedBlackComplement(x, s);
      const rate = vega / gap;
      newton = Math.log(gap / lack) / rate;
      halley = bend + rate;
      third = twist + rate * (2 * rate + 3 * bend);
    } else {
      const value = normalizedBlack(x, s);
      if (form === "small_price") {
        const log = Math.log(value);
        const rate = vega / value;
        newton = ((logBeta - log) * log) / (logBeta * rate);
        halley = bend - rate * (1 + 2 / log);
        third = twist + 2 * rate * rate * (1 + (3 / log) * (1 + 1 / log)) - 3 * bend * rate * (1 + 2 / log);
      } else {
        newton = (beta - value) / vega;
        halley = bend;
        third = twist;
      }
    }
    if (newton > 0) left = s;
    else if (newton < 0) right = s;
    else if (newton === 0) return s;
    const next = s + (newton * (1 + 0.5 * halley * newton)) / (1 + newton * (halley + (third * newton) / 6));
    if (next >= left && next <= right) {
      if (Math.abs(next - s) <= LAST_STEP * s) return next;
      s = next;
      continue;
    }
    // Far from the root, or where the derivatives have underflowed.
    if (Number.isNaN(newton)) left = s;
    s = middle(left, right);
    if (right - left <= Number.EPSILON * s) return s;
  }
  return s;
}

const middle = (left: number, right: number): number => (right === Number.POSITIVE_INFINITY ? 2 * left : 0.5 * (left + right));
