import type { TrainingRows } from "../define-learner.ts";
import { classShares, targetMoments } from "../training-rows.ts";
import type { ShareHeader } from "./share-model.ts";

/** What is to be learned, and whether there is anything. A number is standardised, so that no rule depends on its unit. */
export interface ShareTarget {
  readonly degenerate: "single_class" | "constant_target" | null;
  readonly shares: readonly number[];
  readonly mean: number;
  readonly unit: number;
  readonly weightSum: number;
}

export function targetOf(rows: TrainingRows): ShareTarget {
  if (rows.task === "classify") {
    const { shares, weightSum } = classShares(rows);
    const active = shares.filter((share) => share > 0).length;
    return { degenerate: active === 1 ? "single_class" : null, shares, mean: 0, unit: 1, weightSum };
  }
  const { mean, deviation, weightSum } = targetMoments(rows);
  return { degenerate: deviation === 0 ? "constant_target" : null, shares: [], mean, unit: deviation, weightSum };
}

/** Header of a model of shares or means, whichever learner grew its trees. */
export function headerOf(
  rows: TrainingRows,
  target: ShareTarget,
  grown: Pick<ShareHeader, "algo" | "learner_version" | "seed" | "params" | "medians"> & { readonly grownOn: number },
): ShareHeader {
  return {
    schema_version: 2,
    algo: grown.algo,
    learner_version: grown.learner_version,
    task: rows.task,
    classes: rows.task === "classify" ? [...rows.classes] : [],
    feature_names: [...rows.featureNames],
    degenerate: target.degenerate,
    priors: [...target.shares],
    mean: rows.task === "regress" ? target.mean : null,
    seed: grown.seed,
    params: grown.params,
    medians: grown.medians,
    training: { rows: rows.rows, weight: target.weightSum, grown_on: grown.grownOn },
  };
}
