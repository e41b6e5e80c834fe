import type { PathResult, PathSpread } from "../metrics/path-spread.schema.ts";
import { medianPath, pathResults, pathSpread } from "../metrics/path-spread.ts";
import type { VariantParams } from "../sweeps/variant.schema.ts";
import {
  type EvaluationContext,
  type EvaluationInput,
  evaluateVariant,
  prepareEvaluation,
  type VariantEvaluation,
} from "./evaluate-variant.ts";
import type { EvaluationScratch } from "./evaluation-scratch.ts";
import type { FoldPrediction } from "./fold-prediction.ts";
import { type Path, pathsOf } from "./paths.ts";
import { buildTape } from "./tape.ts";

/** What all variants of a model share on each of its out-of-sample paths. */
export interface PathContexts {
  readonly paths: readonly Path[];
  /** One a path. All cover the same sessions. */
  readonly contexts: readonly EvaluationContext[];
  /** The predictions of all paths, path after path: each test row is scored once a path. */
  readonly predictions: readonly FoldPrediction[];
}

/** One variant on all paths. */
export interface PathEvaluation {
  /** On the path that stands for the variant, and which that is. */
  readonly evaluation: VariantEvaluation;
  readonly path: number;
  /** Null where there is one path only. */
  readonly spread: PathSpread | null;
  readonly results: readonly PathResult[];
}

/** Prepares the evaluation of a model's variants on every path that its folds make. */
export function preparePaths(input: EvaluationInput): PathContexts {
  const paths = pathsOf(input.predictions);
  const tape = buildTape(input.matrix);
  return {
    paths,
    contexts: paths.map(({ predictions }) => prepareEvaluation({ ...input, predictions }, tape)),
    predictions: paths.flatMap(({ predictions }) => predictions),
  };
}

/**
 * Evaluates a variant on every path. The path with the median residual Sharpe ratio stands for it: one history that could
 * have been traded, with whole trades and one account, neither the luckiest nor an average that nobody could hold.
 *
 * @param scratch - memory to work in, one for each path; the trades lie in it. New memory by default
 */
export function evaluatePaths(
  { contexts }: Pick<PathContexts, "contexts">,
  params: VariantParams,
  scratch: readonly EvaluationScratch[] = [],
): PathEvaluation {
  const evaluations = contexts.map((context, path) => evaluateVariant(context, params, scratch[path]));
  const metrics = evaluations.map((evaluation) => evaluation.metrics);
  const path = medianPath(metrics);
  const several = evaluations.length > 1;
  return {
    evaluation: evaluations[path]!,
    path,
    spread: several ? pathSpread(metrics, path) : null,
    results: several ? pathResults(metrics) : [],
  };
}
