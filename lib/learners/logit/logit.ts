import type { ClassRows, Learner, TrainingRows, ValueRows } from "../define-learner.ts";
import { checkTrainingRows, classShares, targetMoments } from "../training-rows.ts";
import { type ElasticNetFit, fitLinear, fitLogistic } from "./elastic-net.ts";
import { createLogitModel, type LinearMargins, type LogitHeader } from "./logit-model.ts";
import { LOGIT_VERSION, type ResolvedLogitParams } from "./params.ts";
import { type FeatureScale, featureScale, standardised } from "./standardise.ts";

/**
 * Logistic regression with an elastic-net penalty; for a number, linear regression with the same penalty on the standardised
 * target. Features are standardised with the weighted mean and deviation of the training rows; unknown values are at the mean;
 * constant features are left out. Three or more classes are fitted one against the rest, then normalised. Nothing is drawn:
 * the seed has no effect.
 */
export const logit: Learner<ResolvedLogitParams> = {
  algo: "logit",
  version: LOGIT_VERSION,
  fit(rows, params) {
    checkTrainingRows(rows);
    const scales = rows.features.map((column) => featureScale(column, rows.weight));
    const used = scales.flatMap(({ scale }, j) => (scale > 0 ? [j] : []));
    const columns = used.map((j) => rows.features[j]!.map((x) => standardised(x, scales[j]!)));
    const solved = rows.task === "classify" ? solveClasses(rows, columns, params) : solveValues(rows, columns, params);
    const { fits, unit, shift, ...facts } = solved;
    const header: LogitHeader = {
      schema_version: 2,
      algo: "logit",
      learner_version: LOGIT_VERSION,
      task: rows.task,
      classes: rows.task === "classify" ? [...rows.classes] : [],
      feature_names: [...rows.featureNames],
      ...facts,
      params,
      training: {
        rows: rows.rows,
        weight: rows.weight.reduce((sum, w) => sum + w, 0),
        iterations: Math.max(0, ...fits.map(({ iterations }) => iterations)),
        converged: fits.every(({ converged }) => converged),
      },
    };
    return createLogitModel(header, linearMargins(rows, scales, used, fits, unit, shift));
  },
};

interface Solved extends Pick<LogitHeader, "degenerate" | "priors" | "active_classes"> {
  readonly fits: readonly ElasticNetFit[];
  /** Unit of the target and its mean: what margins are multiplied by and shifted with. */
  readonly unit: number;
  readonly shift: number;
}

function solveClasses(rows: ClassRows, columns: readonly Float64Array[], params: ResolvedLogitParams): Solved {
  const { shares } = classShares(rows);
  const active = shares.flatMap((share, k) => (share > 0 ? [k] : []));
  const wanted = active.length === 2 ? active.slice(1) : active.length === 1 ? [] : active;
  const fits = wanted.map((k) =>
    fitLogistic(
      columns,
      Uint8Array.from(rows.target, (came) => (came === k ? 1 : 0)),
      rows.weight,
      params,
    ),
  );
  const degenerate = active.length === 1 ? "single_class" : null;
  return { fits, unit: 1, shift: 0, degenerate, priors: shares, active_classes: active };
}

function solveValues(rows: ValueRows, columns: readonly Float64Array[], params: ResolvedLogitParams): Solved {
  const { mean, deviation } = targetMoments(rows);
  const common = { shift: mean, priors: [], active_classes: [] };
  if (deviation === 0) {
    const flat = { intercept: 0, slopes: new Float64Array(columns.length), iterations: 0, converged: true };
    return { ...common, fits: [flat], unit: 0, degenerate: "constant_target" };
  }
  const standard = rows.target.map((value) => (value - mean) / deviation);
  return { ...common, fits: [fitLinear(columns, standard, rows.weight, params)], unit: deviation, degenerate: null };
}

function linearMargins(
  rows: TrainingRows,
  scales: readonly FeatureScale[],
  used: readonly number[],
  fits: readonly ElasticNetFit[],
  unit: number,
  shift: number,
): LinearMargins {
  const slope = new Float64Array(fits.length * rows.features.length);
  for (const [m, { slopes }] of fits.entries())
    for (const [i, j] of used.entries()) slope[m * rows.features.length + j] = unit * slopes[i]!;
  return {
    center: Float64Array.from(scales, ({ center }) => center),
    scale: Float64Array.from(scales, ({ scale }) => scale),
    intercept: Float64Array.from(fits, ({ intercept }) => shift + unit * intercept),
    slope,
  };
}
