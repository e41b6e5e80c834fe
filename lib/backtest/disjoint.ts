import { SigmaError } from "../errors/sigma-error.ts";
import { testBlocksOf } from "./fold-prediction.ts";
import type { Fold, LabelledRows } from "./splits.ts";

/**
 * Refuses a fold in which a training label meets a test block: the model would be fitted on returns that it is about to predict. Said
 * once more where folds are fitted, whatever made them, from the intervals alone.
 *
 * @param data - decision times and label ends of all rows
 * @throws LEAKAGE_DETECTED naming the training row, its label's end and the test block that it reaches into; also for a training row
 *   without a label end, whose reach nobody knows
 * @see López de Prado, Advances in Financial Machine Learning (2018), ch. 7: closed intervals
 */
export function requireDisjoint({ ts, t1 }: Pick<LabelledRows, "ts" | "t1">, fold: Fold): void {
  for (const { start, end } of testBlocksOf(fold)) {
    const first = ts[start]!;
    let last = ts[end - 1]!;
    for (let row = start; row < end; row++) if (t1[row]! > last) last = t1[row]!;
    for (const row of fold.train) {
      if (ts[row]! > last || t1[row]! < first) continue;
      throw overlapping({ fold: fold.index, row, decided: ts[row]!, ends: t1[row]!, first, last });
    }
  }
}

interface Overlap {
  readonly fold: number;
  readonly row: number;
  /** UTC milliseconds, as all of the following. */
  readonly decided: number;
  readonly ends: number;
  readonly first: number;
  readonly last: number;
}

function overlapping({ fold, row, decided, ends, first, last }: Overlap): SigmaError {
  const until = Number.isNaN(ends) ? "whose label has no end" : `whose label ends "${isoOf(ends)}"`;
  return new SigmaError(
    "LEAKAGE_DETECTED",
    `The training row decided "${isoOf(decided)}", ${until}, reaches into the test block from "${isoOf(first)}" to "${isoOf(last)}" of fold "${fold}": ` +
      "the model would be fitted on what it must predict. Purge by label ends, and report this.",
    { fold, row, row_time: decided, label_end: Number.isNaN(ends) ? "unknown" : ends, test_start: first, test_end: last },
  );
}

const isoOf = (utcMs: number): string => new Date(utcMs).toISOString();
