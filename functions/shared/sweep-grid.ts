import { labelHorizonBars, tradedClasses } from "#lib/matrix/label.schema.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { isSelected } from "#lib/models/column-globs.ts";
import { hasOptionColumns } from "#lib/models/model-columns.ts";
import type { ModelConfig } from "#lib/models/model-config.schema.ts";
import type { ResolvedModel } from "#lib/models/resolved-model.ts";
import { BAR_COLUMNS } from "#lib/packs/pack-limits.ts";
import type { GridContext } from "#lib/sweeps/axes.ts";

/** Most variants of one sweep. */
export const MOST_VARIANTS = 3000;

/** What a sweep's grid must know of the model. */
export const gridContextOf = (config: ModelConfig, columns: GridContext["columns"]): GridContext => ({
  cadence: config.cadence === "daily" ? "daily" : "intraday",
  labelHorizonBars: labelHorizonBars(config.label, config.cadence),
  classes: tradedClasses(config.label).length,
  allowedHours: config.allowed_hours,
  instrument: config.instrument,
  columns,
  maxVariants: MOST_VARIANTS,
});

/** Columns that a rule may read in a built matrix. */
export const matrixColumns = ({ features }: Pick<Matrix["info"], "features">): ReadonlySet<string> =>
  new Set([...BAR_COLUMNS, ...features.map(({ name }) => name)]);

/** The same before the matrix is read; null where option flow adds columns that only the data's strikes decide. */
export function plannedColumns({ config, columns }: Pick<ResolvedModel, "config" | "columns">): ReadonlySet<string> | null {
  if (hasOptionColumns(config.features)) return null;
  return new Set([...BAR_COLUMNS, ...columns.flatMap(({ name }) => (isSelected(name, config.features.custom) ? [name] : []))]);
}
