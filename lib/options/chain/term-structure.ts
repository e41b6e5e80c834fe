import type { Smile } from "./smile.ts";

const DAYS_PER_YEAR = 365;

/**
 * A point of the smile at a constant time to expiry: total variance (volatility squared x time), linear in time between the
 * nearest expiries on both sides at which the point is known.
 *
 * @param days - calendar days; 0 = the nearest expiry's own volatility, whatever its time
 * @param pointOf - such as the volatility at the money
 * @returns a fraction a year; NaN where no two expiries embrace the time: nothing is extrapolated
 */
export function volatilityAtTenor(smiles: readonly Smile[], days: number, pointOf: (smile: Smile) => number): number {
  if (days === 0) return smiles.length > 0 ? pointOf(smiles[0]!) : Number.NaN;
  const years = days / DAYS_PER_YEAR;
  let [nearYears, near] = [Number.NaN, Number.NaN];
  for (const smile of smiles) {
    const point = pointOf(smile);
    if (Number.isNaN(point)) continue;
    if (smile.slice.years >= years) return varianceBetween(nearYears, near, smile.slice.years, point, years);
    [nearYears, near] = [smile.slice.years, point];
  }
  return Number.NaN;
}

/**
 * Volatility between two times by total variance.
 *
 * @param nearYears - NaN where there is no earlier expiry: then the later one counts only if it is the time itself
 */
export function varianceBetween(nearYears: number, near: number, farYears: number, far: number, years: number): number {
  if (farYears === years) return far;
  const start = near * near * nearYears;
  const variance = start + (far * far * farYears - start) * ((years - nearYears) / (farYears - nearYears));
  return Math.sqrt(variance / years);
}
