import type { LearnerConfig } from "../learner.schema.ts";
import type { ImportedTrees } from "./lightgbm-text.ts";

/** A configured learner with everything that fitting it needs: an imported model must bring its trees. */
export type FittableLearner = LearnerConfig & { readonly imported?: ImportedTrees };
