import { upMarginOf } from "#lib/learners/shap/up-margin.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import type { Explained } from "#lib/signals/compose-signal.ts";
import { explainMargin } from "#lib/signals/explain-margin.ts";
import type { Signal } from "#lib/signals/signal.schema.ts";
import type { ModelBundle } from "#lib/training/model-bundle.ts";

/**
 * What moved the model at the newest row of a matrix, with the model that scored it.
 *
 * @param leaning - the side to explain: 1, -1; on a tie (0) UP
 */
export function explainRow({ model, calibrator }: ModelBundle, matrix: Matrix, leaning: number): Explained {
  if (calibrator.notes.includes("no_skill")) return because("no_skill");
  if (model.attribute === undefined) return because("learner_has_no_attributions");
  const row = matrix.rows - 1;
  const features = matrix.features.map((column) => column.slice(row));
  const margin = upMarginOf(model.attribute(features), model.classes.indexOf(1), model.classes.indexOf(-1));
  if (margin === null) return because("one_sided");
  const values = features.map((column) => column[0]!);
  const explanation = explainMargin(margin, {
    features: model.featureNames,
    values,
    row: 0,
    side: leaning < 0 ? -1 : 1,
  });
  return { explanation, unexplained: null };
}

const because = (unexplained: Signal["unexplained"]): Explained => ({ explanation: null, unexplained });
