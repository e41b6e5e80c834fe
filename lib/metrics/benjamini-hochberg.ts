/**
 * Benjamini-Hochberg adjusted p-values: rejecting where q <= a keeps the expected share of false discoveries at a.
 *
 * @param pValues - NaN = not tested: its q is NaN and it does not count
 * @returns in the order of the input
 * @see Benjamini & Hochberg, Journal of the Royal Statistical Society B 57 (1995)
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const tested = pValues.map((p, index) => ({ p, index })).filter(({ p }) => !Number.isNaN(p));
  tested.sort((a, b) => b.p - a.p || b.index - a.index);
  const adjusted = pValues.map(() => Number.NaN);
  let smallest = 1;
  for (const [k, { p, index }] of tested.entries()) {
    smallest = Math.min(smallest, (p * tested.length) / (tested.length - k));
    adjusted[index] = smallest;
  }
  return adjusted;
}
