import type { Forest } from "../gbm/forest.ts";

/**
 * A boosted model as other formats see it. A margin starts at its base score; tree `t` adds to margin `t mod margins`.
 */
export interface BoostedTrees {
  readonly featureNames: readonly string[];
  /** `binary`: one margin, the log-odds of the second active class. `softmax`: one for each active class. `constant`: none. */
  readonly objective: "binary" | "softmax" | "constant" | "regression";
  /** Number of classes; 0 for a regression. */
  readonly classCount: number;
  /** Indices of the classes that had training rows; the others have probability 0. */
  readonly activeClasses: readonly number[];
  readonly baseScore: readonly number[];
  readonly forest: Forest;
}
