/** Splits of `groups` groups of which `tested` are tested at a time: the binomial coefficient. */
export function splitCount(groups: number, tested: number): number {
  let count = 1;
  for (let i = 1; i <= tested; i++) count = (count * (groups - tested + i)) / i;
  return count;
}

/**
 * Complete out-of-sample paths of combinatorial splits: how often each group is tested.
 *
 * @see López de Prado, Advances in Financial Machine Learning (2018), ch. 12
 */
export const pathCount = (groups: number, tested: number): number => (splitCount(groups, tested) * tested) / groups;
