import type { AttributedForest } from "#lib/learners/shap/leaf-paths.ts";

/**
 * Expected leaf of one tree when only the features of a coalition are known: a split on another feature counts both branches,
 * each by its share of the training rows.
 */
function expectation(forest: AttributedForest, tree: number, x: readonly number[], isKnown: (feature: number) => boolean): number {
  const { treeStart, feature, missingLeft, right, value, rows } = forest;
  const root = treeStart[tree]!;
  const below = (node: number): number => {
    const split = feature[node]!;
    if (split < 0) return value[node]!;
    const [left, other] = [node + 1, root + right[node]!];
    if (isKnown(split)) {
      const v = x[split]!;
      return below((Number.isNaN(v) ? missingLeft[node] === 1 : v < value[node]!) ? left : other);
    }
    return (rows[left]! * below(left) + rows[other]! * below(other)) / (rows[left]! + rows[other]!);
  };
  return below(root);
}

/**
 * Shapley values by their definition: over all coalitions S without feature i,
 * |S|! (M - |S| - 1)! / M! (v(S with i) - v(S)), where v is the sum of the trees' expectations.
 *
 * @returns one value for each feature, for the trees of one margin
 */
export function bruteForceShapley(forest: AttributedForest, x: readonly number[], margins: number, margin: number): number[] {
  const count = x.length;
  const factorial = [1];
  for (let i = 1; i <= count; i++) factorial.push(factorial[i - 1]! * i);
  const worth = Array.from({ length: 2 ** count }, (_, coalition) => {
    let sum = 0;
    for (let tree = margin; tree < forest.treeStart.length - 1; tree += margins)
      sum += expectation(forest, tree, x, (feature) => (coalition & (1 << feature)) !== 0);
    return sum;
  });
  return x.map((_, feature) => {
    let phi = 0;
    for (let coalition = 0; coalition < worth.length; coalition++) {
      if ((coalition & (1 << feature)) !== 0) continue;
      const size = coalition.toString(2).replaceAll("0", "").length;
      const share = (factorial[size]! * factorial[count - size - 1]!) / factorial[count]!;
      phi += share * (worth[coalition | (1 << feature)]! - worth[coalition]!);
    }
    return phi;
  });
}
