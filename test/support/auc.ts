/** Area under the ROC curve: the chance that a positive row's score exceeds a negative one's, ties counted half. */
export function auc(scores: ArrayLike<number>, positive: ArrayLike<number | boolean>): number {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  let rankSum = 0;
  let positives = 0;
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end < order.length && scores[order[end]!] === scores[order[i]!]) end++;
    for (let j = i; j < end; j++) {
      if (!positive[order[j]!]) continue;
      rankSum += (i + end + 1) / 2;
      positives += 1;
    }
    i = end;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (order.length - positives));
}
