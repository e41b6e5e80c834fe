import type { FittedModel } from "../define-learner.ts";
import type { Calibrator } from "./calibrator.ts";

/** What a regression's probabilities are of: a negative and a positive target. */
const SIGNS = [-1, 1] as const;

/** Classes that `calibratedProbabilities` gives probabilities for, ascending. */
export function calibratedClasses(model: Pick<FittedModel, "task" | "classes">): readonly number[] {
  return model.task === "regress" ? SIGNS : model.classes;
}

/**
 * Class probabilities of a model with its calibrator: of the label's classes, or for a regression of the target's sign, with
 * the predicted value as the margin.
 *
 * @param features - as for the model's `predict`
 * @returns one array for each of `calibratedClasses`; each row sums to 1
 * @throws INVALID_PARAM when features or calibrator do not fit the model
 */
export function calibratedProbabilities(
  model: FittedModel,
  calibrator: Calibrator,
  features: readonly Float64Array[],
): readonly Float64Array[] {
  const predicted = model.predict(features);
  return model.task === "regress" ? calibrator.applyToMargins(predicted) : calibrator.apply(predicted);
}
