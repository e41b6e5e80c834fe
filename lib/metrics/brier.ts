import { reliabilityTable } from "./reliability.ts";

/**
 * Brier score: mean squared distance of forecast and outcome, 0 (perfect) to 1.
 *
 * @param forecasts - probabilities of the event; NaN rows are left out
 * @param outcomes - 1 where the event came, else 0
 * @returns NaN when no row counts
 */
export function brierScore(forecasts: Float64Array, outcomes: ArrayLike<number>): number {
  let sum = 0;
  let rows = 0;
  for (let i = 0; i < forecasts.length; i += 1) {
    const p = forecasts[i]!;
    if (Number.isNaN(p)) continue;
    sum += (p - outcomes[i]!) ** 2;
    rows += 1;
  }
  return rows === 0 ? Number.NaN : sum / rows;
}

/** score = reliability - resolution + uncertainty + withinBins */
export interface BrierParts {
  readonly score: number;
  /** Distance of forecasts and frequencies, 0 is perfect. */
  readonly reliability: number;
  /** Distance of the bins' frequencies from the base rate, more is better. */
  readonly resolution: number;
  /** Variance of the outcome; nothing a forecast can change. */
  readonly uncertainty: number;
  /** What remains because forecasts differ inside a bin; 0 when each bin holds one value. */
  readonly withinBins: number;
}

/**
 * Murphy's decomposition of the Brier score over equally wide bins.
 *
 * @see Murphy, A New Vector Partition of the Probability Score, Journal of Applied Meteorology 12 (1973)
 */
export function brierParts(forecasts: Float64Array, outcomes: ArrayLike<number>, bins = 10): BrierParts {
  const table = reliabilityTable(forecasts, outcomes, bins).filter(({ count }) => count > 0);
  const rows = table.reduce((sum, { count }) => sum + count, 0);
  const base = table.reduce((sum, { count, frequency }) => sum + count * frequency, 0) / rows;
  const reliability = table.reduce((sum, bin) => sum + bin.count * (bin.meanForecast - bin.frequency) ** 2, 0) / rows;
  const resolution = table.reduce((sum, bin) => sum + bin.count * (bin.frequency - base) ** 2, 0) / rows;
  const uncertainty = base * (1 - base);
  const score = brierScore(forecasts, outcomes);
  return { score, reliability, resolution, uncertainty, withinBins: score - (reliability - resolution + uncertainty) };
}
