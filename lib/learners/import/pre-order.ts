import type { TextBlock } from "./text-block.ts";

/** Deeper trees are refused: attributions need room that grows with the square of the depth. */
const DEEPEST = 512;

export interface PreOrder {
  /** Names of the nodes, a split by its number and a leaf by the complement of its number; the left child follows its parent. */
  readonly nodes: readonly number[];
  /** Position of the right child of each split, 0 for a leaf. */
  readonly right: readonly number[];
}

/** A node to come to; `parent` is the position of the split whose right child it is, -1 for a left one. */
interface Visit {
  readonly name: number;
  readonly depth: number;
  readonly parent: number;
}

/**
 * Orders the nodes of a tree from its root, left before right.
 *
 * @param left - children of each split, by name
 * @throws MODEL_INVALID when a node has two parents, is its own ancestor, hangs nowhere or lies too deep
 */
export function treeInPreOrder(left: readonly number[], right: readonly number[], leaves: number, tree: TextBlock): PreOrder {
  const nodes: number[] = [];
  const rightOf: number[] = [];
  const seen = new Set<number>();
  const waiting: Visit[] = [];
  let next: Visit | undefined = { name: left.length === 0 ? -1 : 0, depth: 0, parent: -1 };
  while (next !== undefined) {
    const { name, depth, parent }: Visit = next;
    if (seen.has(name)) throw tree.wrong("left_child", "one parent for each node", `two of node "${name}"`);
    if (depth > DEEPEST) throw tree.wrong("left_child", `at most "${DEEPEST}" splits above a leaf`, "more");
    seen.add(name);
    const at = nodes.length;
    if (parent >= 0) rightOf[parent] = at;
    nodes.push(name);
    rightOf.push(0);
    if (name >= 0) {
      waiting.push({ name: right[name]!, depth: depth + 1, parent: at });
      next = { name: left[name]!, depth: depth + 1, parent: -1 };
    } else next = waiting.pop();
  }
  if (nodes.length !== left.length + leaves)
    throw tree.wrong("left_child", `a way from the root to each of "${left.length + leaves}" nodes`, `"${nodes.length}" reached`);
  return { nodes, right: rightOf };
}
