import type { FeatureImportance } from "../define-learner.ts";
import type { Forest } from "./forest.ts";

/** Importance of each feature from the splits of a forest, the largest gain first. */
export function forestImportance(featureNames: readonly string[], forest: Forest): FeatureImportance[] {
  const gains = new Float64Array(featureNames.length);
  const covers = new Float64Array(featureNames.length);
  const splits = new Uint32Array(featureNames.length);
  for (let node = 0; node < forest.feature.length; node++) {
    const feature = forest.feature[node]!;
    if (feature < 0) continue;
    gains[feature]! += forest.gain[node]!;
    covers[feature]! += forest.hessian[node]!;
    splits[feature]! += 1;
  }
  return featureNames
    .map((feature, i) => ({ feature, gain: gains[i]!, cover: covers[i]!, splits: splits[i]! }))
    .sort((a, b) => b.gain - a.gain);
}
