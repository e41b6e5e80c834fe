import type { Matrix } from "#lib/matrix/matrix.ts";
import { isSelected } from "#lib/models/column-globs.ts";
import { hasOptionColumns } from "#lib/models/model-columns.ts";
import type { ResolvedModel } from "#lib/models/resolved-model.ts";
import { BAR_COLUMNS } from "#lib/packs/pack-limits.ts";

/** Columns that a rule may read in a built matrix. */
export const matrixColumns = ({ features }: Pick<Matrix["info"], "features">): ReadonlySet<string> =>
  new Set([...BAR_COLUMNS, ...features.map(({ name }) => name)]);

/** The same before the matrix is read; null where option flow adds columns that only the data's strikes decide. */
export function plannedColumns({ config, columns }: Pick<ResolvedModel, "config" | "columns">): ReadonlySet<string> | null {
  if (hasOptionColumns(config.features)) return null;
  return new Set([...BAR_COLUMNS, ...columns.flatMap(({ name }) => (isSelected(name, config.features.custom) ? [name] : []))]);
}
