/** The normal quantile of 97.5 %. */
const Z = 1.959964;

/**
 * Ends of the 95 % interval of a share that was found in so many cases.
 *
 * @see Wilson, Probable inference, the law of succession, and statistical inference (1927)
 */
export function wilson(share: number, count: number): readonly [number, number] {
  const scale = 1 + Z ** 2 / count;
  const centre = (share + Z ** 2 / (2 * count)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / count + Z ** 2 / (4 * count ** 2));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
