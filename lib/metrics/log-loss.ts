/** Probabilities are kept this far from 0, so that one certain miss does not make the mean infinite. */
const LOG_LOSS_FLOOR = 1e-15;

/**
 * Log loss: mean of -ln of the probability that was given to the class that came.
 *
 * @param probabilities - shape (rows, classes), row by row; a row with NaN is left out
 * @param classIndex - index of the class that came, for each row; negative = unknown, left out
 * @param weights - non-negative weight of each row; absent = equal
 * @returns in nats; NaN when no row counts
 */
export function logLoss(probabilities: Float64Array, classIndex: ArrayLike<number>, classes: number, weights?: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < classIndex.length; row += 1) {
    const came = classIndex[row]!;
    if (!(came >= 0)) continue;
    const p = probabilities[row * classes + came]!;
    if (Number.isNaN(p)) continue;
    const weight = weights === undefined ? 1 : weights[row]!;
    sum -= weight * Math.log(Math.max(LOG_LOSS_FLOOR, Math.min(1, p)));
    total += weight;
  }
  return total > 0 ? sum / total : Number.NaN;
}

/**
 * Log loss of one event.
 *
 * @param forecasts - probabilities of the event; NaN rows are left out
 * @param outcomes - 1 where the event came, else 0
 */
export function binaryLogLoss(forecasts: Float64Array, outcomes: ArrayLike<number>): number {
  let sum = 0;
  let rows = 0;
  for (let i = 0; i < forecasts.length; i += 1) {
    const p = forecasts[i]!;
    if (Number.isNaN(p)) continue;
    sum -= Math.log(Math.max(LOG_LOSS_FLOOR, outcomes[i] === 1 ? p : 1 - p));
    rows += 1;
  }
  return rows === 0 ? Number.NaN : sum / rows;
}
