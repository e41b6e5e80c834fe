import type { RowOf } from "../../data/ask.ts";
import type { CartRow } from "../../data/cart.ts";
import { variantInWords } from "../../words/variant.ts";

/** A judged result, as the leaderboard and a sweep's results have it. */
export type ResultRow = RowOf<"GET /leaderboard">;

/** How a row is told from others of its model. */
export const nameOfResult = ({ params, composition }: Pick<ResultRow, "params" | "composition">): string =>
  composition === null ? variantInWords(params) : `${composition.label}: ${variantInWords(params)}`;

export const cartRowOf = (row: ResultRow): CartRow => ({
  row_id: row.row_id,
  pack_id: row.pack_id,
  model_id: row.model_id,
  variant: nameOfResult(row),
  status: row.gate.status,
});

/** From so much on two equity curves are taken for one idea. */
const ALIKE = 0.98;

/** Pairs of rows of one model whose equity goes up and down together: training both buys the same thing twice. */
export function nearDuplicates(rows: readonly ResultRow[]): readonly (readonly [ResultRow, ResultRow])[] {
  return rows.flatMap((a, i) =>
    rows.slice(i + 1).flatMap((b) => {
      if (a.model_id !== b.model_id || a.pack_id !== b.pack_id) return [];
      return correlationOf(stepsOf(a.equity), stepsOf(b.equity)) >= ALIKE ? [[a, b] as const] : [];
    }),
  );
}

const stepsOf = (equity: readonly number[]): number[] => equity.slice(1).map((value, i) => Math.log(value / equity[i]!));

/** 0 where the lists differ in length or one of them never moves. */
function correlationOf(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length || a.length < 3) return 0;
  const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - meanA) * (b[i]! - meanB);
    aa += (a[i]! - meanA) ** 2;
    bb += (b[i]! - meanB) ** 2;
  }
  const scale = Math.sqrt(aa * bb);
  return scale > 0 ? ab / scale : 0;
}
