import cdf from "@stdlib/stats-base-dists-normal-cdf";
import quantile from "@stdlib/stats-base-dists-normal-quantile";

/** Standard normal distribution function: the probability of a value at most z. */
export const normalCdf = (z: number): number => cdf(z, 0, 1);

/** Its inverse: the z below which the share p lies. -Infinity at 0, Infinity at 1, NaN outside [0, 1]. */
export const normalQuantile = (p: number): number => quantile(p, 0, 1);
