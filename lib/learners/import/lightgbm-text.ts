import { SigmaError } from "../../errors/sigma-error.ts";
import { nextUp } from "../export/neighbour-doubles.ts";
import type { Forest } from "../gbm/forest.ts";
import { treeInPreOrder } from "./pre-order.ts";
import { linesOf, type TextBlock, wrongLine } from "./text-block.ts";

/** What a text model says, in our terms. */
export interface ImportedTrees {
  readonly featureNames: readonly string[];
  readonly objective: { readonly kind: "binary"; readonly sigmoid: number } | { readonly kind: "softmax" | "regression" };
  /** Margins that the trees take turns in. */
  readonly margins: number;
  /** Features of which zero means unknown, as LightGBM's `zero_as_missing` does. */
  readonly zeroIsMissing: readonly number[];
  readonly forest: Forest;
  /** Whether every node says how many training rows reached it. */
  readonly hasCounts: boolean;
}

/** Larger files are refused before they are read. */
export const MOST_TEXT_BYTES = 64 * 1024 * 1024;
const MOST_TREES = 20_000;
const MOST_LEAVES = 65_536;
const MOST_NODES = 4_000_000;
const MOST_FEATURES = 10_000;
const MOST_CLASSES = 100;

const MISSING_TYPES = ["None", "Zero", "NaN"] as const;
type MissingType = (typeof MISSING_TYPES)[number];

/**
 * Reads a model in LightGBM's text format, versions 3 and 4. Every number must be finite, every index in range, every node
 * reached exactly once from its root; what is not supported is refused by name: categorical splits, linear trees, averaged
 * forests, objectives other than binary, multiclass and regression (L2).
 *
 * `x <= t` becomes `x < u` with u the next double above t. A missing type None reads an unknown value as 0; Zero reads zeros
 * as unknown ones, for all splits of a feature or for none.
 *
 * @throws MODEL_INVALID naming line and field
 * @see LightGBM's src/io/tree.cpp and src/boosting/gbdt_model_text.cpp
 */
export function readLightgbmText(bytes: Uint8Array): ImportedTrees {
  if (bytes.length > MOST_TEXT_BYTES) throw wrongLine(0, "size", `at most "${MOST_TEXT_BYTES}" bytes`, `"${bytes.length}"`);
  const { header, trees } = blocksOf(bytes);
  const version = header.text("version");
  if (version !== "v3" && version !== "v4") throw header.wrong("version", '"v3" or "v4"', `"${version}"`);
  if (header.has("average_output")) throw header.wrong("average_output", "a boosted model", "an averaged forest (boosting=rf)");
  const featureNames = namesOf(header);
  const margins = header.integer("num_tree_per_iteration", 1, MOST_CLASSES);
  const classes = header.integer("num_class", 1, MOST_CLASSES);
  const objective = objectiveOf(header, margins);
  if (classes !== margins) throw header.wrong("num_class", `"${margins}" classes, as many as trees an iteration`, `"${classes}"`);
  if (trees.length === 0) throw header.wrong("Tree=0", "at least one tree", "none");
  if (trees.length > MOST_TREES) throw header.wrong("Tree", `at most "${MOST_TREES}" trees`, `"${trees.length}"`);
  if (trees.length % margins !== 0) throw header.wrong("Tree", `whole iterations of "${margins}" trees`, `"${trees.length}" trees`);

  const missing: (MissingType | undefined)[] = featureNames.map(() => undefined);
  const lists: NodeLists = { treeStart: [0], feature: [], missingLeft: [], right: [], value: [], gain: [], hessian: [], rows: [] };
  let hasCounts = true;
  for (const tree of trees) {
    hasCounts = appendTree(tree, missing, lists) && hasCounts;
    if (lists.feature.length > MOST_NODES) throw tree.wrong("num_leaves", `at most "${MOST_NODES}" nodes in all trees`, "more");
  }
  return {
    featureNames,
    objective,
    margins,
    zeroIsMissing: missing.flatMap((type, feature) => (type === "Zero" ? [feature] : [])),
    forest: {
      treeStart: Uint32Array.from(lists.treeStart),
      feature: Int32Array.from(lists.feature),
      missingLeft: Uint8Array.from(lists.missingLeft),
      right: Uint32Array.from(lists.right),
      value: Float64Array.from(lists.value),
      gain: Float64Array.from(lists.gain),
      hessian: Float64Array.from(lists.hessian),
      rows: Uint32Array.from(lists.rows),
    },
    hasCounts,
  };
}

type NodeLists = { readonly [Key in keyof Forest]: number[] };

/** The header, and one block for each tree. What follows the trees is not read. */
function blocksOf(bytes: Uint8Array): { readonly header: TextBlock; readonly trees: readonly TextBlock[] } {
  const blocks = linesOf(bytes);
  const [header, ...trees] = blocks;
  if (header === undefined || !header.has("tree"))
    throw wrongLine(1, "tree", 'the word "tree", with which LightGBM begins a text model', "another");
  for (const [index, tree] of trees.entries())
    if (tree.text("Tree") !== String(index)) throw tree.wrong("Tree", `tree "${index}"`, `"${tree.text("Tree")}"`);
  return { header, trees };
}

function namesOf(header: TextBlock): string[] {
  const count = header.integer("max_feature_idx", 0, MOST_FEATURES - 1) + 1;
  const names = header.text("feature_names").split(" ");
  if (names.length !== count) throw header.wrong("feature_names", `"${count}" names, as max_feature_idx says`, `"${names.length}"`);
  if (new Set(names).size !== count) throw header.wrong("feature_names", "names that differ", "one twice");
  return names;
}

function objectiveOf(header: TextBlock, margins: number): ImportedTrees["objective"] {
  const found = header.text("objective");
  const [kind, ...options] = found.split(" ");
  const option = (key: string): string | undefined => options.find((part) => part.startsWith(`${key}:`))?.slice(key.length + 1);
  if (kind === "binary" && margins === 1) {
    const sigmoid = Number(option("sigmoid") ?? 1);
    if (Number.isFinite(sigmoid) && sigmoid > 0) return { kind: "binary", sigmoid };
  }
  if (kind === "multiclass" && margins > 1 && Number(option("num_class") ?? margins) === margins) return { kind: "softmax" };
  // The square root of the target would have to be undone.
  if (kind === "regression" && margins === 1 && options.length === 0) return { kind: "regression" };
  throw header.wrong(
    "objective",
    '"binary sigmoid:S", "multiclass num_class:K" or "regression", with as many trees an iteration',
    `"${found}"`,
  );
}

/** @returns whether every leaf of the tree has its training rows */
function appendTree(tree: TextBlock, missing: (MissingType | undefined)[], lists: NodeLists): boolean {
  const leaves = tree.integer("num_leaves", 1, MOST_LEAVES);
  if (tree.integer("num_cat", 0, MOST_LEAVES) > 0) throw tree.wrong("num_cat", "no categorical split", `"${tree.text("num_cat")}"`);
  if (tree.has("is_linear") && tree.text("is_linear") !== "0") throw tree.wrong("is_linear", "constant leaves", "linear ones");
  const splits = leaves - 1;
  const integers = (key: string, low: number, high: number): readonly number[] =>
    splits === 0 ? [] : tree.integers(key, splits, low, high);
  const feature = integers("split_feature", 0, missing.length - 1);
  const left = integers("left_child", -leaves, splits - 1);
  const right = integers("right_child", -leaves, splits - 1);
  const decision = integers("decision_type", 0, 15);
  const threshold = splits === 0 ? [] : tree.numbers("threshold", splits);
  const gain = splits === 0 || !tree.has("split_gain") ? null : tree.numbers("split_gain", splits);
  const value = tree.numbers("leaf_value", leaves);
  const weight = splits === 0 || !tree.has("leaf_weight") ? null : tree.numbers("leaf_weight", leaves);
  const counts = splits === 0 || !tree.has("leaf_count") ? null : tree.integers("leaf_count", leaves, 0, 0xffffffff);

  for (let split = 0; split < splits; split++) {
    const type = MISSING_TYPES[decision[split]! >> 2];
    if ((decision[split]! & 1) === 1) throw tree.wrong("decision_type", "numerical splits", `a categorical one, "${decision[split]}"`);
    if (type === undefined) throw tree.wrong("decision_type", "a missing type of None, Zero or NaN", `"${decision[split]}"`);
    const before = missing[feature[split]!] ?? type;
    missing[feature[split]!] = before;
    // Zero is unknown in a column or it is not; None and NaN may mix, as they differ in where an unknown value goes only.
    if (before !== type && (before === "Zero" || type === "Zero"))
      throw tree.wrong("decision_type", `the missing type ${before} of feature "${feature[split]}" in earlier splits`, type);
  }

  const root = lists.feature.length;
  const order = treeInPreOrder(left, right, leaves, tree);
  const rows = new Float64Array(order.nodes.length);
  const hessian = new Float64Array(order.nodes.length);
  for (let at = order.nodes.length - 1; at >= 0; at--) {
    const node = order.nodes[at]!;
    rows[at] = node < 0 ? (counts?.[~node] ?? 0) : rows[at + 1]! + rows[order.right[at]!]!;
    hessian[at] = node < 0 ? (weight?.[~node] ?? 0) : hessian[at + 1]! + hessian[order.right[at]!]!;
  }
  if (rows[0]! > 0xffffffff) throw tree.wrong("leaf_count", `at most "${0xffffffff}" rows`, `"${rows[0]}"`);
  for (const [at, node] of order.nodes.entries()) {
    const isLeaf = node < 0;
    lists.feature.push(isLeaf ? -1 : feature[node]!);
    lists.value.push(isLeaf ? value[~node]! : nextUp(threshold[node]!));
    lists.missingLeft.push(isLeaf ? 0 : unknownGoesLeft(decision[node]!, threshold[node]!));
    lists.right.push(order.right[at]!);
    lists.gain.push(isLeaf ? 0 : (gain?.[node] ?? 0));
    lists.hessian.push(hessian[at]!);
    lists.rows.push(rows[at]!);
  }
  lists.treeStart.push(root + order.nodes.length);
  return leaves === 1 || counts?.every((count) => count > 0) === true;
}

/** Without a missing type an unknown value is read as 0. */
function unknownGoesLeft(decision: number, threshold: number): number {
  if (decision >> 2 === 0) return threshold >= 0 ? 1 : 0;
  return (decision & 2) !== 0 ? 1 : 0;
}

/** The error of an import whose columns are not the model's. */
export function wrongColumns(wanted: readonly string[], found: readonly string[]): SigmaError {
  const known = new Set(found);
  const absent = wanted.filter((name) => !known.has(name));
  const shown = absent.slice(0, 5).join(", ") + (absent.length > 5 ? ", ..." : "");
  return new SigmaError(
    "MODEL_INVALID",
    `The imported model reads the features "${wanted.length}" in its own order; the matrix has "${found.length}"${absent.length > 0 ? ` and lacks ${shown}` : ""}. Select exactly the model's features, under the names that its file has (features.custom.include).`,
    { expected: wanted.length, found: found.length, absent: absent.length },
  );
}
