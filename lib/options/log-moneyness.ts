/**
 * Logarithm of forward over strike.
 *
 * @param carry - rate less dividend yield, continuous, a fraction a year
 */
export function logMoneyness(underlying: number, strike: number, carry: number, years: number): number {
  // Near 1 the quotient has lost what the exact difference still has.
  const difference = underlying - strike;
  const ratio = Math.abs(difference) < 0.5 * strike ? Math.log1p(difference / strike) : Math.log(underlying / strike);
  return ratio + carry * years;
}
