/**
 * The largest share that so few successes are still compatible with: the one-sided upper confidence bound of a binomial share.
 *
 * @param successes - 0 to `trials`
 * @param confidence - such as 0.95
 * @returns the p at which `successes` or fewer of `trials` have probability 1 - confidence; NaN without trials
 * @see Clopper & Pearson, Biometrika 26 (1934)
 */
export function upperBound(successes: number, trials: number, confidence: number): number {
  if (trials === 0) return Number.NaN;
  if (successes >= trials) return 1;
  let low = successes / trials;
  let high = 1;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (atMost(successes, trials, middle) > 1 - confidence) low = middle;
    else high = middle;
  }
  return high;
}

/** Probability of at most `successes` of `trials` at a share 0 < p < 1. */
function atMost(successes: number, trials: number, p: number): number {
  let log = trials * Math.log1p(-p);
  let total = 0;
  for (let k = 0; k <= successes; k++) {
    total += Math.exp(log);
    log += Math.log((trials - k) / (k + 1)) + Math.log(p / (1 - p));
  }
  return total;
}
