import { SigmaError } from "../errors/sigma-error.ts";
import { isClear, shadowOf } from "./purging.ts";
import type { RowRange } from "./row-range.ts";
import type { Fold, FoldLimits, LabelledRows } from "./splits.ts";
import { FOLD_LIMITS, labelDensity } from "./splits.ts";
import { timeAxis, timesOf } from "./time-axis.ts";

/**
 * Combinatorial purged splits: the decision times in groups, every choice of test groups in lexicographic order, and all other rows
 * for training but those that meet a test group's labels or lie in the embargo after its largest label end. With one test
 * group this is purged k-fold.
 *
 * @param data - rows of the development view; rows without a label or label end are tested but never trained on
 * @param groups - groups, at least 2; `tested` of them make the test blocks of a split
 * @throws HISTORY_TOO_SHORT with `requiredBars` and `actualBars`
 * @see López de Prado, Advances in Financial Machine Learning (2018), ch. 7 and 12
 */
export function combinatorialFolds(
  data: LabelledRows,
  groups: number,
  tested: number,
  embargoBars: number,
  limits: FoldLimits = FOLD_LIMITS,
): Fold[] {
  const { rows, ts, t1, y } = data;
  const axis = timeAxis(ts);
  const bars = axis.times.length;
  if (Math.floor(bars / groups) < limits.minTestRows) throw tooShort(bars, groups, limits.minTestRows * groups, embargoBars);
  const ranges = groupRanges(bars, groups).map(({ start, end }) => ({ start: axis.start[start]!, end: axis.start[end]! }));
  const spans = { ts, t1, times: axis.times };
  const shadows = ranges.map(({ start, end }) => {
    const block = Int32Array.from({ length: end - start }, (_, i) => start + i);
    return shadowOf(block, spans, embargoBars);
  });
  return combinations(groups, tested).map((chosen, index) => {
    const kept = new Int32Array(rows);
    let count = 0;
    for (const [group, { start, end }] of ranges.entries()) {
      if (chosen.includes(group)) continue;
      for (let row = start; row < end; row++) {
        if (Number.isNaN(y[row]!) || Number.isNaN(t1[row]!)) continue;
        if (chosen.every((other) => isClear(shadows[other]!, ts[row]!, t1[row]!))) kept[count++] = row;
      }
    }
    const train = kept.slice(0, count);
    const trained = timesOf(ts, train);
    if (trained < limits.minTrainRows) {
      const share = 1 - tested / groups;
      const lackingBars = (limits.minTrainRows - trained) / labelDensity(data, axis);
      throw tooShort(bars, groups, Math.ceil((Math.floor(bars * share) + lackingBars) / share), embargoBars);
    }
    const blocks = chosen.map((group) => ranges[group]!);
    const fold = { index, train, testStart: blocks[0]!.start, testEnd: blocks.at(-1)!.end, embargoBars };
    return tested === 1 ? fold : { ...fold, blocks };
  });
}

function tooShort(bars: number, groups: number, required: number, embargoBars: number): SigmaError {
  const requiredBars = Math.max(required, bars + 1);
  return new SigmaError(
    "HISTORY_TOO_SHORT",
    `"${groups}" purged groups need about "${requiredBars}" bars before the holdout; the history has "${bars}". Use a longer window, fewer groups or fewer test groups.`,
    { requiredBars, actualBars: bars, groups, embargoBars },
  );
}

/** Contiguous groups of equal length; the last one takes the remainder. */
export function groupRanges(count: number, groups: number): RowRange[] {
  const length = Math.floor(count / groups);
  return Array.from({ length: groups }, (_, group) => ({
    start: group * length,
    end: group === groups - 1 ? count : (group + 1) * length,
  }));
}

/** Every choice of `k` numbers below `n`, ascending, in lexicographic order. */
export function combinations(n: number, k: number): number[][] {
  const found: number[][] = [];
  const chosen: number[] = [];
  const extend = (from: number): void => {
    if (chosen.length === k) {
      found.push([...chosen]);
      return;
    }
    for (let next = from; next <= n - (k - chosen.length); next++) {
      chosen.push(next);
      extend(next + 1);
      chosen.pop();
    }
  };
  extend(0);
  return found;
}
