import type { Forest } from "../gbm/forest.ts";

/** The part of a forest that attributions read. */
export type AttributedForest = Pick<Forest, "treeStart" | "feature" | "missingLeft" | "right" | "value" | "rows">;

/**
 * The ways from the roots to the leaves, as flat arrays. The splits on one feature of a way make one element: it holds for a
 * row when all of them do.
 */
export interface LeafPaths {
  /** First leaf of each tree, trees + 1 entries; a tree of one leaf has none. */
  readonly treeLeaf: Uint32Array;
  readonly leafValue: Float64Array;
  /** Steps of leaf `l`: `[stepStart[l], stepStart[l + 1])`. */
  readonly stepStart: Uint32Array;
  /** The split of a step, whether its way goes left there (1) or right (0), and its element, counted from the leaf's first. */
  readonly stepNode: Uint32Array;
  readonly stepLeft: Uint8Array;
  readonly stepElement: Uint16Array;
  /** Elements of leaf `l`: `[elementStart[l], elementStart[l + 1])`. */
  readonly elementStart: Uint32Array;
  readonly elementFeature: Uint32Array;
  /** Share of the training rows that follow the way at all splits of the element. */
  readonly elementShare: Float64Array;
}

/** Every node that is no root must have rows. */
export function leafPaths({ treeStart, feature, right, value, rows }: AttributedForest): LeafPaths {
  const treeLeaf = [0];
  const leafValue: number[] = [];
  const [stepStart, stepNode, stepLeft, stepElement] = [[0], [] as number[], [] as number[], [] as number[]];
  const [elementStart, elementFeature, elementShare] = [[0], [] as number[], [] as number[]];
  // The way to the node at hand: its splits, and whether it went left there.
  const way: number[] = [];
  const wentLeft: boolean[] = [];

  function addLeaf(leaf: number, root: number): void {
    const first = elementFeature.length;
    for (const [step, node] of way.entries()) {
      const child = wentLeft[step] ? node + 1 : root + right[node]!;
      const share = rows[child]! / rows[node]!;
      let element = elementFeature.indexOf(feature[node]!, first);
      if (element < 0) {
        element = elementFeature.push(feature[node]!) - 1;
        elementShare.push(1);
      }
      elementShare[element]! *= share;
      stepNode.push(node);
      stepLeft.push(wentLeft[step] ? 1 : 0);
      stepElement.push(element - first);
    }
    leafValue.push(value[leaf]!);
    stepStart.push(stepNode.length);
    elementStart.push(elementFeature.length);
  }

  function descend(node: number, root: number): void {
    if (feature[node]! < 0) {
      addLeaf(node, root);
      return;
    }
    way.push(node);
    for (const left of [true, false]) {
      wentLeft.push(left);
      descend(left ? node + 1 : root + right[node]!, root);
      wentLeft.pop();
    }
    way.pop();
  }

  for (let tree = 0; tree + 1 < treeStart.length; tree++) {
    const root = treeStart[tree]!;
    if (feature[root]! >= 0) descend(root, root);
    treeLeaf.push(leafValue.length);
  }
  return {
    treeLeaf: Uint32Array.from(treeLeaf),
    leafValue: Float64Array.from(leafValue),
    stepStart: Uint32Array.from(stepStart),
    stepNode: Uint32Array.from(stepNode),
    stepLeft: Uint8Array.from(stepLeft),
    stepElement: Uint16Array.from(stepElement),
    elementStart: Uint32Array.from(elementStart),
    elementFeature: Uint32Array.from(elementFeature),
    elementShare: Float64Array.from(elementShare),
  };
}
