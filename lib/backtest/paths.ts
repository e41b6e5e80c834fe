import { SigmaError } from "../errors/sigma-error.ts";
import { type FoldPrediction, testBlocksOf } from "./fold-prediction.ts";

/** One complete out-of-sample history: every test block once, so no trade is counted twice. */
export interface Path {
  /** One prediction a block, in time order; `fold` is the block's place on the path. */
  readonly predictions: readonly FoldPrediction[];
  /** For each block the split whose model predicted it. */
  readonly splits: readonly number[];
}

/**
 * Which path each test block of each split belongs to: a group's j-th test appearance is on path j.
 *
 * @param tested - groups that each split tests, in the order of the splits
 * @returns for each group a number for each split: the path, from 1; 0 where the split does not test the group
 * @see López de Prado, Advances in Financial Machine Learning (2018), ch. 12, figure 12.1
 */
export function pathTable(groups: number, tested: readonly (readonly number[])[]): number[][] {
  return Array.from({ length: groups }, (_, group) => {
    let appearances = 0;
    return tested.map((chosen) => {
      if (!chosen.includes(group)) return 0;
      appearances += 1;
      return appearances;
    });
  });
}

/**
 * Puts fold predictions together to paths. Walk-forward and k-fold test each block once: one path. Combinatorial splits
 * test it on as many paths as splits have it.
 *
 * @throws UNPROCESSABLE when the blocks are not all tested equally often
 */
export function pathsOf(predictions: readonly FoldPrediction[]): Path[] {
  const splits = predictions.toSorted((a, b) => a.fold - b.fold);
  const starts = [...new Set(splits.flatMap((split) => testBlocksOf(split).map(({ start }) => start)))].sort((a, b) => a - b);
  const tested = splits.map((split) => testBlocksOf(split).map(({ start }) => starts.indexOf(start)));
  const table = pathTable(starts.length, tested);
  const counts = new Set(table.map((row) => Math.max(0, ...row)));
  if (counts.size > 1) {
    throw new SigmaError("UNPROCESSABLE", "The folds do not test every block equally often. Fit them again from one plan.", {
      folds: splits.length,
      blocks: starts.length,
    });
  }
  const [count = 0] = counts;
  return Array.from({ length: count }, (_, path) => {
    const onPath = table.map((row) => row.indexOf(path + 1));
    return {
      predictions: onPath.map((split, group) => blockPrediction(splits[split]!, tested[split]!.indexOf(group), group)),
      splits: onPath.map((split) => splits[split]!.fold),
    };
  });
}

/** What a split says about one of its blocks. */
function blockPrediction(split: FoldPrediction, block: number, place: number): FoldPrediction {
  const { blocks: _, ...rest } = split;
  const all = testBlocksOf(split);
  const { start, end } = all[block]!;
  let from = 0;
  for (const before of all.slice(0, block)) from += before.end - before.start;
  return {
    ...rest,
    fold: place,
    testStart: start,
    testEnd: end,
    probabilities: split.probabilities.map((column) => column.subarray(from, from + end - start)),
    ...(split.returns === undefined
      ? {}
      : { returns: { ...split.returns, predicted: split.returns.predicted.subarray(from, from + end - start) } }),
  };
}
