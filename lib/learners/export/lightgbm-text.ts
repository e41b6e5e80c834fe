import { SigmaError } from "../../errors/sigma-error.ts";
import type { Forest } from "../gbm/forest.ts";
import type { BoostedTrees } from "./boosted-trees.ts";
import { nextDown } from "./neighbour-doubles.ts";

/** Missing type NaN (2 in the bits 2 and 3), and in bit 1 whether an unknown value goes left. Bit 0 would be categorical. */
const MISSING_IS_NAN = 8;
const DEFAULT_LEFT = 2;

/** Margins at which probabilities are 0 and 1 to the last bit, for classes that had no training rows. */
const SURELY_NOT = -1000;
const SURELY = 1000;

const NAME = /^[^\s=:,"[\]{}]+$/;

/** Whether the format can hold features of these names. */
export const canBeLightgbmText = (featureNames: readonly string[]): boolean =>
  featureNames.length > 0 && featureNames.every((name) => NAME.test(name));

/**
 * A boosted model in LightGBM's text format, version 4. It predicts what the model does before calibration: for two classes
 * the probability of the second, for more one of each, for a regression the value.
 *
 * - `x < t` is written as `x <= u` with u the next double below t: the same rows go left.
 * - The format has no base score: it is added to the leaves of each margin's first tree. Sums then have the same terms in the
 *   same order, so margins are equal to the bit.
 * - Leaves hold the learning rate already (`shrinkage=1`). `internal_value` is the mean leaf below a node, by rows.
 * - `feature_infos` is the range of a feature's thresholds: the range of its values is not kept.
 *
 * @throws INVALID_PARAM when a feature's name cannot stand in the format
 * @see LightGBM's src/boosting/gbdt_model_text.cpp and src/io/tree.cpp
 */
export function lightgbmText(model: BoostedTrees): string {
  const { featureNames, objective, classCount } = model;
  if (!canBeLightgbmText(featureNames)) {
    const odd = featureNames.find((name) => !NAME.test(name));
    throw new SigmaError(
      "INVALID_PARAM",
      `LightGBM's format separates feature names by spaces: it needs at least one, without space or any of = : , " [ ] { }; found "${odd ?? ""}".`,
      { feature: odd ?? "" },
    );
  }
  const margins = objective === "regression" || classCount === 2 ? 1 : classCount;
  const blocks = rounds(model, margins).map((text, tree) => `Tree=${tree}\n${text}\n\n`);
  const kind = objective === "regression" ? "regression" : margins === 1 ? "binary sigmoid:1" : `multiclass num_class:${classCount}`;
  const lines = [
    "tree",
    "version=v4",
    `num_class=${margins}`,
    `num_tree_per_iteration=${margins}`,
    "label_index=0",
    `max_feature_idx=${featureNames.length - 1}`,
    `objective=${kind}`,
    `feature_names=${featureNames.join(" ")}`,
    `feature_infos=${thresholdRanges(model).join(" ")}`,
    `tree_sizes=${blocks.map((block) => block.length).join(" ")}`,
    "",
    "",
  ];
  const parameters = [
    "",
    "parameters:",
    "[boosting: gbdt]",
    `[objective: ${kind.split(" ")[0]}]`,
    "[learning_rate: 1]",
    "end of parameters",
  ];
  return `${lines.join("\n")}${blocks.join("")}end of trees\n\n${importances(model).join("\n")}\n${parameters.join("\n")}\n\npandas_categorical:null\n`;
}

/** The trees in LightGBM's order: in each round one for each margin of the format, classes without rows included. */
function rounds({ objective, classCount, activeClasses, baseScore, forest }: BoostedTrees, margins: number): string[] {
  const own = baseScore.length;
  const count = own === 0 ? 1 : Math.max(1, (forest.treeStart.length - 1) / own);
  const hasTrees = forest.treeStart.length > 1;
  return Array.from({ length: count }, (_, round) => round).flatMap((round) =>
    Array.from({ length: margins }, (_, margin) => {
      const at = marginFor(margin);
      if (typeof at === "number") return constantTree(round === 0 ? at : 0);
      const base = round === 0 ? baseScore[at.own]! : 0;
      return hasTrees ? treeText(forest, round * own + at.own, base) : constantTree(base);
    }),
  );

  /** Which of the model's margins one of the format's is, or the constant that it has. */
  function marginFor(margin: number): { readonly own: number } | number {
    if (objective === "regression") return { own: 0 };
    if (classCount === 2) return own === 1 ? { own: 0 } : activeClasses[0] === 1 ? SURELY : SURELY_NOT;
    const at = activeClasses.indexOf(margin);
    if (at < 0) return SURELY_NOT;
    // Two active classes have one margin: of the second against the first.
    if (own === 1) return at === 1 ? { own: 0 } : 0;
    return own === 0 ? 0 : { own: at };
  }
}

function constantTree(value: number): string {
  const none = ["split_feature", "split_gain", "threshold", "decision_type", "left_child", "right_child"];
  const last = ["leaf_weight", "leaf_count", "internal_value", "internal_weight", "internal_count"];
  return [
    "num_leaves=1",
    "num_cat=0",
    ...none.map((key) => `${key}=`),
    `leaf_value=${value}`,
    ...last.map((key) => `${key}=`),
    "is_linear=0",
    "shrinkage=1",
    "",
  ].join("\n");
}

/** @param base - added to every leaf */
function treeText(forest: Forest, tree: number, base: number): string {
  const { treeStart, feature, missingLeft, right, value, gain, hessian, rows } = forest;
  const root = treeStart[tree]!;
  const end = treeStart[tree + 1]!;
  if (end === root + 1) return constantTree(value[root]! + base);
  const splits: number[] = [];
  const leaves: number[] = [];
  /** How the format names a node: a split by its number, a leaf by the complement of its number. */
  const names = new Int32Array(end - root);
  for (let node = root; node < end; node++) {
    const isLeaf = feature[node]! < 0;
    names[node - root] = isLeaf ? ~leaves.length : splits.length;
    (isLeaf ? leaves : splits).push(node);
  }
  const means = meanLeaves(forest, root, end, base);
  const list = (key: string, nodes: readonly number[], read: (node: number) => number): string =>
    `${key}=${nodes.map((node) => String(read(node))).join(" ")}`;
  return [
    `num_leaves=${leaves.length}`,
    "num_cat=0",
    list("split_feature", splits, (node) => feature[node]!),
    list("split_gain", splits, (node) => gain[node]!),
    list("threshold", splits, (node) => nextDown(value[node]!)),
    list("decision_type", splits, (node) => MISSING_IS_NAN + (missingLeft[node] === 1 ? DEFAULT_LEFT : 0)),
    list("left_child", splits, (node) => names[node + 1 - root]!),
    list("right_child", splits, (node) => names[right[node]!]!),
    list("leaf_value", leaves, (node) => value[node]! + base),
    list("leaf_weight", leaves, (node) => hessian[node]!),
    list("leaf_count", leaves, (node) => rows[node]!),
    list("internal_value", splits, (node) => means[node - root]!),
    list("internal_weight", splits, (node) => hessian[node]!),
    list("internal_count", splits, (node) => rows[node]!),
    "is_linear=0",
    "shrinkage=1",
    "",
  ].join("\n");
}

/** Mean leaf below each node, by rows; children come after their parents. */
function meanLeaves({ feature, right, value, rows }: Forest, root: number, end: number, base: number): Float64Array {
  const mean = value.slice(root, end);
  for (let node = mean.length - 1; node >= 0; node--) {
    if (feature[root + node]! < 0) {
      mean[node] = mean[node]! + base;
      continue;
    }
    const [left, other] = [node + 1, right[root + node]!];
    const [a, b] = [rows[root + left]!, rows[root + other]!];
    mean[node] = (a * mean[left]! + b * mean[other]!) / (a + b);
  }
  return mean;
}

function thresholdRanges({ featureNames, forest: { feature, value } }: BoostedTrees): string[] {
  const low = new Float64Array(featureNames.length).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(featureNames.length).fill(Number.NEGATIVE_INFINITY);
  for (let node = 0; node < feature.length; node++) {
    const split = feature[node]!;
    if (split < 0) continue;
    const threshold = nextDown(value[node]!);
    low[split] = Math.min(low[split]!, threshold);
    high[split] = Math.max(high[split]!, threshold);
  }
  return featureNames.map((_, f) => (low[f]! <= high[f]! ? `[${low[f]}:${high[f]}]` : "none"));
}

/** Splits of each feature that has some, the most first. */
function importances({ featureNames, forest: { feature } }: BoostedTrees): string[] {
  const splits = new Uint32Array(featureNames.length);
  for (const split of feature) if (split >= 0) splits[split]! += 1;
  const used = featureNames.map((name, f) => ({ name, count: splits[f]! })).filter(({ count }) => count > 0);
  return ["feature_importances:", ...used.toSorted((a, b) => b.count - a.count).map(({ name, count }) => `${name}=${count}`)];
}
