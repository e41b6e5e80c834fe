import type { GridPoint } from "#lib/leaderboard/plateau.ts";
import { VariantParamsSchema } from "#lib/sweeps/variant.schema.ts";
import { variantOf } from "#lib/sweeps/variant-id.ts";

export const params = (threshold: number, top_pct: number, hours: number[] | null = null) =>
  VariantParamsSchema.parse({ threshold_mode: "edge", threshold, top_pct, hours, hold_bars: 10 });

/** A 3 x 3 grid of scores, rows = thresholds 0, .1, .25, columns = shares .15, .35, 1; the return has the score's sign. */
export function grid(scores: (number | null)[][]): GridPoint[] {
  return scores.flatMap((row, i) =>
    row.map((score, j) => {
      const variant = variantOf(params([0, 0.1, 0.25][i]!, [0.15, 0.35, 1][j]!), 10);
      return { ...variant, score, total_return: score };
    }),
  );
}

/** One high corner among poor neighbours, and a lower, even one. */
export const spike = grid([
  [3, -1, 0],
  [-1, 1, 1.2],
  [0, 1.1, 1.3],
]);
