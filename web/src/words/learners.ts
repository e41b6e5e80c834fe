import { CartParamsSchema, GbmParamsSchema, LogitParamsSchema, RfParamsSchema } from "#lib/learners/learner.schema.ts";

/** What can be fitted here, the usual one first. */
export const ALGORITHMS = [
  { value: "gbm", label: "Gradient-boosted trees" },
  { value: "rf", label: "Random forest" },
  { value: "cart", label: "Single tree" },
  { value: "logit", label: "Linear (elastic net)" },
  { value: "prior", label: "Base rates only (the floor)" },
] as const;

/** An imported model is named as such. */
export const algorithmName = (algo: string): string => ALGORITHMS.find(({ value }) => value === algo)?.label ?? "Imported model";

/** A parameter of a learner. */
export interface LearnerParam {
  readonly name: string;
  readonly label: string;
  /** `pairs`: numbers by name, or one word for all. */
  readonly kind: "whole" | "number" | "pairs";
  readonly hint: string | undefined;
  readonly placeholder?: string;
}

/** How pairs are typed, where the schema speaks of JSON. */
const TYPED: Readonly<Record<string, string>> = {
  class_weights:
    "none, balanced, or a factor for each class, such as -1: 2, 1: 1. Probabilities are led back to the base rates of the rows",
  monotone:
    "By feature or glob, such as rsi_14: 1, vix*: -1. With 1 the prediction never falls while the feature rises, with -1 it never rises",
};

type Row = readonly [name: string, label: string, kind: LearnerParam["kind"], placeholder?: string];

const LABELS: Readonly<Record<string, readonly Row[]>> = {
  gbm: [
    ["trees", "Trees", "whole"],
    ["max_depth", "Depth", "whole"],
    ["learning_rate", "Learning rate", "number"],
    ["min_child_rows", "Rows in a leaf", "whole"],
    ["min_child_weight", "Weight in a leaf", "number"],
    ["subsample", "Rows per tree", "number"],
    ["colsample", "Columns per tree", "number"],
    ["l2", "L2", "number"],
    ["l1", "L1", "number"],
    ["max_bins", "Bins", "whole"],
    ["early_stopping_rounds", "Early stopping", "whole"],
    ["validation_share", "Share it watches", "number"],
    ["class_weights", "Weights of classes", "pairs", "balanced"],
    ["monotone", "Monotone features", "pairs", "rsi_14: 1"],
  ],
  rf: [
    ["trees", "Trees", "whole"],
    ["max_depth", "Depth", "whole"],
    ["min_child_rows", "Rows in a leaf", "whole"],
    ["mtry", "Features per split", "whole"],
    ["subsample", "Rows per tree", "number"],
    ["max_bins", "Bins", "whole"],
  ],
  cart: [
    ["max_depth", "Depth", "whole"],
    ["min_rows", "Rows to split", "whole"],
    ["min_gain", "Least gain", "number"],
    ["max_rows", "Rows at most", "whole"],
  ],
  logit: [
    ["lambda", "Penalty", "number"],
    ["l1_ratio", "Share of lasso", "number"],
    ["max_iter", "Iterations", "whole"],
    ["tol", "Tolerance", "number"],
  ],
};

const SCHEMAS = { gbm: GbmParamsSchema, rf: RfParamsSchema, cart: CartParamsSchema, logit: LogitParamsSchema } as const;

/** The parameters of an algorithm, those that matter most first; what each means is what its schema says. */
export function learnerParams(algo: string): readonly LearnerParam[] {
  const schema = Object.hasOwn(SCHEMAS, algo) ? SCHEMAS[algo as keyof typeof SCHEMAS] : undefined;
  const shape = (schema?.shape ?? {}) as Readonly<Record<string, { readonly description?: string | undefined }>>;
  return (Object.hasOwn(LABELS, algo) ? LABELS[algo]! : []).map(([name, label, kind, placeholder]) => ({
    name,
    label,
    kind,
    hint: TYPED[name] ?? shape[name]?.description,
    ...(placeholder === undefined ? {} : { placeholder }),
  }));
}
