import { millsRatio } from "./mills-ratio.ts";

const ROOT_TWO_PI = 2.5066282746310002;
/** Below this much half volatility the tails are too alike to be subtracted. */
const SMALL_HALF_VOL = 0.21;
/** Where the asymptotic series of both tails has more than float64's digits. */
const FAR_TAIL = 10;

/**
 * Black's price of an option out of the money, without its units: the undiscounted price over the geometric mean of forward
 * and strike.
 *
 *     b = e^(x/2) N(x/s + s/2) - e^(-x/2) N(x/s - s/2)
 *
 * Written out like this, nearly all digits cancel far from the money or shortly before expiry. Here b is the vega times the
 * difference of two Mills ratios, and the difference is a series where the ratios are close. About 1e-13 relative for every
 * argument whose result does not underflow.
 *
 * @param x - minus the distance of forward and strike in logarithms: -|ln(F/K)|, at most 0
 * @param s - total volatility, volatility x sqrt(years), above 0
 * @returns 0 to e^(x/2)
 * @see Peter Jaeckel, "Let's Be Rational", Wilmott (2015), for the normalisation and the split into regions
 */
export function normalizedBlack(x: number, s: number): number {
  const h = -x / s;
  const t = 0.5 * s;
  if (h - t > FAR_TAIL) return normalizedVega(x, s) * farTailDifference(h, t);
  if (t < SMALL_HALF_VOL) return normalizedVega(x, s) * nearTailDifference(h, t);
  if (t > h) return Math.exp(0.5 * x) - normalizedVega(x, s) * (millsRatio(t - h) + millsRatio(t + h));
  return normalizedVega(x, s) * (millsRatio(h - t) - millsRatio(h + t));
}

/**
 * What `normalizedBlack` lacks to its upper bound e^(x/2), a sum of positive parts: accurate where the price is close to its
 * bound. Same arguments.
 */
export function normalizedBlackComplement(x: number, s: number): number {
  const h = -x / s;
  const t = 0.5 * s;
  if (t > h) return normalizedVega(x, s) * (millsRatio(t - h) + millsRatio(t + h));
  return Math.exp(0.5 * x) - normalizedBlack(x, s);
}

/** Derivative of `normalizedBlack` by s. */
export function normalizedVega(x: number, s: number): number {
  // At the money h is 0 whatever s is, 0 included.
  const h = x === 0 ? 0 : x / s;
  return Math.exp(-0.5 * (h * h + 0.25 * s * s)) / ROOT_TWO_PI;
}

/**
 * M(h - t) - M(h + t) for h - t > 10, M being Mills' ratio: the difference of the two asymptotic series, term by term.
 *
 * M(y) is the alternating sum of (2k - 1)!! / y^(2k + 1). With r = (h - t)(h + t), the k-th difference is
 * ((h + t)^n - (h - t)^n) / r^n with n = 2k + 1; such differences follow from each other by additions alone.
 */
function farTailDifference(h: number, t: number): number {
  const r = (h - t) * (h + t);
  const a = h / r;
  const b = t / r;
  // Half the sum and half the difference of ((h + t)/r)^n and ((h - t)/r)^n: n goes up by two each round.
  const even = a * a + b * b;
  const odd = 2 * a * b;
  let half = b;
  let mean = a;
  let factor = 1;
  let total = half;
  for (let k = 1; k <= 20; k++) {
    const next = even * half + odd * mean;
    mean = even * mean + odd * half;
    half = next;
    factor *= -(2 * k - 1);
    const term = factor * half;
    total += term;
    if (Math.abs(term) < 1e-17 * total) break;
  }
  return 2 * total;
}

/**
 * M(h - t) - M(h + t) for small t: the odd part of Taylor's series around h. With Y(z) = M(-z) = N(z)/n(z) the derivatives are
 * Y' = 1 + zY and Y^(n + 1) = zY^(n) + nY^(n - 1).
 */
function nearTailDifference(h: number, t: number): number {
  let before = millsRatio(h);
  let derivative = 1 - h * before;
  let power = t;
  let total = derivative * t;
  for (let n = 2; n <= 14; n += 2) {
    before = (n - 1) * before - h * derivative;
    derivative = n * derivative - h * before;
    power *= (t * t) / (n * (n + 1));
    total += derivative * power;
  }
  return 2 * total;
}
