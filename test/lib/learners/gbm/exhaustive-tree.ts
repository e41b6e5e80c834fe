import type { ClassRows } from "#lib/learners/define-learner.ts";
import type { ResolvedGbmParams } from "#lib/learners/gbm/params.ts";

type Sums = { readonly gradient: number; readonly hessian: number; readonly rows: number };

/**
 * The margins of one tree on weighted binary rows, found the slow way: every node sums its rows for every threshold and
 * both ways of the unknown values, with no bins, histograms or subtraction. The oracle for the fast one.
 */
export function exhaustiveTree(rows: ClassRows, params: ResolvedGbmParams): Float64Array {
  const total = rows.weight.reduce((sum, w) => sum + w, 0);
  const base = rows.weight.reduce((sum, w, i) => sum + w * rows.target[i]!, 0) / total;
  const margins = new Float64Array(rows.rows);
  const sumOf = (members: readonly number[]): Sums => ({
    gradient: members.reduce((sum, i) => sum + rows.weight[i]! * (base - rows.target[i]!), 0),
    hessian: members.reduce((sum, i) => sum + rows.weight[i]! * base * (1 - base), 0),
    rows: members.length,
  });
  const score = ({ gradient, hessian }: Sums) => Math.max(Math.abs(gradient) - params.l1, 0) ** 2 / (hessian + params.l2);
  const allowed = (sums: Sums) => sums.rows >= params.min_child_rows && sums.hessian >= params.min_child_weight;

  const grow = (members: readonly number[], depth: number): void => {
    const own = sumOf(members);
    let best: { gain: number; left: readonly number[] } = { gain: 1e-6, left: [] };
    for (const column of depth < params.max_depth ? rows.features : []) {
      const values = [...new Set(members.map((i) => column[i]!).filter((x) => !Number.isNaN(x)))].sort((a, b) => a - b);
      for (const threshold of [...values.slice(1), Number.POSITIVE_INFINITY]) {
        for (const missingLeft of [false, true]) {
          const left = members.filter((i) => (Number.isNaN(column[i]!) ? missingLeft : column[i]! < threshold));
          const right = members.filter((i) => !left.includes(i));
          if (left.length === 0 || right.length === 0 || !allowed(sumOf(left)) || !allowed(sumOf(right))) continue;
          const gain = score(sumOf(left)) + score(sumOf(right)) - score(own);
          if (gain > best.gain * (1 + 1e-9)) best = { gain, left };
        }
      }
    }
    if (best.left.length === 0) {
      const size = Math.min(Math.max(Math.abs(own.gradient) - params.l1, 0) / (own.hessian + params.l2), 10);
      for (const i of members) margins[i] = -Math.sign(own.gradient) * size * params.learning_rate;
      return;
    }
    grow(best.left, depth + 1);
    grow(
      members.filter((i) => !best.left.includes(i)),
      depth + 1,
    );
  };
  grow(
    Array.from({ length: rows.rows }, (_, i) => i),
    0,
  );
  return margins.map((margin) => margin + Math.log(base / (1 - base)));
}
