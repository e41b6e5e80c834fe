/**
 * An evaluator of LightGBM's text format, written from the format alone: it shares nothing with the exporter.
 *
 * @see LightGBM's include/LightGBM/tree.h (NumericalDecision) and src/boosting/gbdt_model_text.cpp
 */
interface TextTree {
  readonly leaves: number;
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly decision: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly value: readonly number[];
}

export interface TextModel {
  readonly header: Readonly<Record<string, string>>;
  readonly trees: readonly TextTree[];
  /** Raw scores of a row, one for each class. */
  raw(row: readonly number[]): number[];
  /** What `Booster.predict` gives: for two classes the probability of the second, for more one of each. */
  predict(row: readonly number[]): number[];
}

export function readLightgbmText(text: string): TextModel {
  const firstTree = text.indexOf("Tree=0\n");
  const header = pairs(text.slice(0, firstTree));
  const sizes = numbers(header["tree_sizes"]!);
  const trees: TextTree[] = [];
  let at = firstTree;
  for (const [index, size] of sizes.entries()) {
    const block = text.slice(at, at + size);
    if (!block.startsWith(`Tree=${index}\n`)) throw new Error(`tree_sizes is wrong at tree ${index}`);
    const fields = pairs(block);
    trees.push({
      leaves: Number(fields["num_leaves"]),
      feature: numbers(fields["split_feature"]!),
      threshold: numbers(fields["threshold"]!),
      decision: numbers(fields["decision_type"]!),
      left: numbers(fields["left_child"]!),
      right: numbers(fields["right_child"]!),
      value: numbers(fields["leaf_value"]!),
    });
    at += size;
  }
  if (!text.slice(at).startsWith("end of trees\n")) throw new Error("the trees do not end where tree_sizes says");
  const perIteration = Number(header["num_tree_per_iteration"]);

  const raw = (row: readonly number[]): number[] => {
    const scores = new Array<number>(perIteration).fill(0);
    for (const [index, tree] of trees.entries()) scores[index % perIteration]! += leafOf(tree, row);
    return scores;
  };
  return {
    header,
    trees,
    raw,
    predict(row) {
      const scores = raw(row);
      const [objective] = header["objective"]!.split(" ");
      if (objective === "binary") return [1 / (1 + Math.exp(-scores[0]!))];
      if (objective === "regression") return scores;
      const top = Math.max(...scores);
      const powers = scores.map((score) => Math.exp(score - top));
      const sum = powers.reduce((a, b) => a + b);
      return powers.map((power) => power / sum);
    },
  };
}

function leafOf(tree: TextTree, row: readonly number[]): number {
  if (tree.leaves === 1) return tree.value[0]!;
  let node = 0;
  while (node >= 0) {
    const decision = tree.decision[node]!;
    if ((decision & 1) === 1) throw new Error("categorical split");
    const defaultLeft = (decision & 2) !== 0;
    const missing = (decision >> 2) & 3;
    let x = row[tree.feature[node]!]!;
    if (Number.isNaN(x) && missing !== 2) x = 0;
    const isZero = x >= -Math.fround(1e-35) && x <= Math.fround(1e-35);
    const isMissing = (missing === 1 && isZero) || (missing === 2 && Number.isNaN(x));
    const goesLeft = isMissing ? defaultLeft : x <= tree.threshold[node]!;
    node = goesLeft ? tree.left[node]! : tree.right[node]!;
  }
  return tree.value[~node]!;
}

const pairs = (block: string): Record<string, string> =>
  Object.fromEntries(
    block
      .split("\n")
      .filter((line) => line.includes("="))
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
const numbers = (list: string): number[] => (list === "" ? [] : list.split(" ").map(Number));
