/** One bin of a reliability table. Bins are equally wide and right-closed: (lower, upper], the first one holds 0 too. */
export interface ReliabilityBin {
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
  /** Mean forecast; NaN in an empty bin. */
  readonly meanForecast: number;
  /** Share of the rows in which the event came; NaN in an empty bin. */
  readonly frequency: number;
}

/**
 * Sets forecasts against what came.
 *
 * @param forecasts - probabilities of the event; NaN rows are left out
 * @param outcomes - 1 where the event came, else 0
 */
export function reliabilityTable(forecasts: Float64Array, outcomes: ArrayLike<number>, bins = 10): ReliabilityBin[] {
  const count = new Float64Array(bins);
  const forecast = new Float64Array(bins);
  const events = new Float64Array(bins);
  for (let i = 0; i < forecasts.length; i += 1) {
    const p = forecasts[i]!;
    if (Number.isNaN(p)) continue;
    // The tolerance keeps a forecast such as 0.3 in (0.2, 0.3] although 0.3 * 10 is not exactly 3.
    const bin = Math.min(bins - 1, Math.max(0, Math.ceil(p * bins - 1e-9) - 1));
    count[bin]! += 1;
    forecast[bin]! += p;
    events[bin]! += outcomes[i]!;
  }
  return Array.from(count, (rows, bin) => ({
    lower: bin / bins,
    upper: (bin + 1) / bins,
    count: rows,
    meanForecast: rows === 0 ? Number.NaN : forecast[bin]! / rows,
    frequency: rows === 0 ? Number.NaN : events[bin]! / rows,
  }));
}

/**
 * Expected calibration error (mean distance of forecast and frequency over the rows) and the maximum over the bins.
 *
 * @returns NaN for both when every bin is empty
 */
export function calibrationError(table: readonly ReliabilityBin[]): { readonly ece: number; readonly mce: number } {
  let rows = 0;
  let sum = 0;
  let mce = Number.NaN;
  for (const { count, meanForecast, frequency } of table) {
    if (count === 0) continue;
    const distance = Math.abs(frequency - meanForecast);
    rows += count;
    sum += count * distance;
    if (!(distance <= mce)) mce = distance;
  }
  return { ece: rows === 0 ? Number.NaN : sum / rows, mce };
}
