import { createRng } from "../core/rng.ts";
import type { FittedModel } from "../learners/define-learner.ts";
import { drawShare } from "../learners/gbm/sampling.ts";
import type { MarginScale } from "../learners/shap/attributions.ts";
import { upMarginOf } from "../learners/shap/up-margin.ts";
import type { Matrix } from "../matrix/matrix.ts";

/** How much each feature moved a model on rows that it was fitted on. */
export interface ShapImportance {
  /** Rows that were asked, of how many, and the seed that drew them. */
  readonly rows: number;
  readonly ofRows: number;
  readonly seed: number;
  readonly scale: MarginScale;
  /** Mean size of each feature's contribution to UP against DOWN, before calibration, in the order of the model's features. */
  readonly meanAbsolute: Float64Array;
}

/** More rows would change the means little, and the training's time much. */
const MOST_ROWS = 500;

/**
 * Mean absolute Shapley values over training rows, all of them or a seeded sample.
 *
 * @param rows - the rows that the model was fitted on, at least one
 * @returns null when the model has no attributions, or saw no row of a side
 */
export function shapImportance(model: FittedModel, matrix: Matrix, rows: Int32Array, seed: number): ShapImportance | null {
  if (model.attribute === undefined) return null;
  const drawn = drawShare(rows.length, Math.min(1, MOST_ROWS / rows.length), createRng(`shap/${seed}`));
  const features = matrix.features.map((column) => Float64Array.from(drawn, (at) => column[rows[at]!]!));
  const margin = upMarginOf(model.attribute(features), model.classes.indexOf(1), model.classes.indexOf(-1));
  if (margin === null) return null;
  const meanAbsolute = Float64Array.from(
    margin.contributions,
    (column) => column.reduce((sum, phi) => sum + Math.abs(phi), 0) / drawn.length,
  );
  return { rows: drawn.length, ofRows: rows.length, seed, scale: margin.scale, meanAbsolute };
}
