import type { Rng } from "../../core/rng.ts";
import type { Matrix } from "../../matrix/matrix.ts";

/**
 * A matrix whose labels were permuted among some of its rows, in blocks: features keep their days, labels keep their order
 * within a block and their share of each class, and nothing connects the two any more. A pipeline that still earns from it
 * sees what it must not see.
 *
 * Labels that overlap resemble their neighbours, so a block must be at least as long as a label lasts: single labels moved
 * alone would look too little like each other. Label ends stay where they are, so purging works on the same intervals.
 *
 * @param rows - ascending rows that trade labels with each other, such as a fold's training rows
 * @param blockRows - rows of a block, at least the label's horizon (times the members, in a universe)
 */
export function withPermutedLabels(matrix: Matrix, rows: Int32Array, blockRows: number, rng: Rng): Matrix {
  const y = matrix.y.slice();
  const retFwd = matrix.retFwd.slice();
  const blocks = Math.max(1, Math.floor(rows.length / blockRows));
  // Rows that fill no block join the last one, so that none is shorter.
  const bounds = Array.from({ length: blocks + 1 }, (_, block) => (block === blocks ? rows.length : block * blockRows));
  const order = Array.from({ length: blocks }, (_, block) => block);
  for (let i = blocks - 1; i > 0; i--) {
    const j = rng.int(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  let to = 0;
  for (const block of order) {
    for (let from = bounds[block]!; from < bounds[block + 1]!; from++) {
      y[rows[to]!] = matrix.y[rows[from]!]!;
      retFwd[rows[to]!] = matrix.retFwd[rows[from]!]!;
      to++;
    }
  }
  return { ...matrix, y, retFwd };
}
