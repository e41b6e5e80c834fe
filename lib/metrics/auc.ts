/**
 * Area under the ROC curve: probability that a random event row scores above a random other row, ties counting half.
 *
 * @param scores - higher = more likely; NaN rows are left out
 * @param outcomes - 1 where the event came, else 0
 * @returns 0 to 1; NaN when one of the classes is empty
 * @see Hanley & McNeil, Radiology 143 (1982); equals the Mann-Whitney statistic
 */
export function rocAuc(scores: Float64Array, outcomes: ArrayLike<number>): number {
  const events = scores.filter((score, i) => outcomes[i] === 1 && !Number.isNaN(score)).sort();
  const others = scores.filter((score, i) => outcomes[i] !== 1 && !Number.isNaN(score)).sort();
  if (events.length === 0 || others.length === 0) return Number.NaN;
  let below = 0;
  let upTo = 0;
  let wins = 0;
  for (let i = 0; i < events.length; i += 1) {
    while (below < others.length && others[below]! < events[i]!) below += 1;
    if (upTo < below) upTo = below;
    while (upTo < others.length && others[upTo]! === events[i]!) upTo += 1;
    wins += below + (upTo - below) / 2;
  }
  return wins / (events.length * others.length);
}
