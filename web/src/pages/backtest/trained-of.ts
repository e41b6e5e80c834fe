import type { RowOf } from "../../data/ask.ts";
import type { ResultRow } from "../../ui/results/result-row.ts";

type Trained = RowOf<"GET /trained_models">;

/** What of a result says which data and definition its forecasts are of. */
type Traded = Pick<ResultRow, "row_id" | "pack_id" | "model_id" | "params" | "lineage">;

/**
 * The trained model whose importance says what a result's forecasts listen to: the one of that very result, else one of another
 * result of the same data, definition and composition; the newest of several.
 *
 * @returns undefined when no such result was trained
 */
export function trainedOf(row: Traded, trained: readonly Trained[]): { readonly model: Trained; readonly isOwn: boolean } | undefined {
  const newest = trained.toSorted((a, b) => b.created_at.localeCompare(a.created_at));
  const own = newest.find(({ row_id }) => row_id === row.row_id);
  if (own !== undefined) return { model: own, isOwn: true };
  const alike = newest.find(
    ({ row_id, pack_id, model_id, variant, lineage }) =>
      row_id !== null &&
      pack_id === row.pack_id &&
      model_id === row.model_id &&
      (variant?.params.composition ?? null) === row.params.composition &&
      lineage["matrix_sha"] === row.lineage["matrix_sha"] &&
      lineage["config_sha"] === row.lineage["config_sha"],
  );
  return alike === undefined ? undefined : { model: alike, isOwn: false };
}
