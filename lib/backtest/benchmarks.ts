import { benchmarkMetrics } from "../metrics/benchmark.ts";
import type { BenchmarkMetrics } from "../metrics/run-metrics.schema.ts";
import { type EvaluationContext, evaluateVariant, prepareEvaluation, type VariantEvaluation } from "./evaluate-variant.ts";
import type { FoldPrediction } from "./fold-prediction.ts";

const SESSIONS_PER_YEAR = 252;

/** What a variant must be measured against. */
export interface Benchmarks {
  /** The instrument, fully invested, without costs. */
  readonly buyAndHold: BenchmarkMetrics;
  /** The instrument held all the time with the variant's mean net exposure: the same market risk without timing. */
  readonly exposureMatched: BenchmarkMetrics;
  readonly netExposure: number;
  /** The same variant on the training base rates instead of the model's probabilities. */
  readonly priorLearner: VariantEvaluation;
}

export function benchmarksOf(context: EvaluationContext, evaluation: VariantEvaluation): Benchmarks {
  const matched = context.instrumentReturns.map((value) => evaluation.netExposure * value);
  const prior = prepareEvaluation({ ...context.input, predictions: context.input.predictions.map(priorPrediction) });
  return {
    buyAndHold: context.benchmark,
    exposureMatched: benchmarkMetrics(matched, SESSIONS_PER_YEAR, context.riskFree),
    netExposure: evaluation.netExposure,
    priorLearner: evaluateVariant(prior, evaluation.params),
  };
}

/** A fold whose every forecast is the training base rate. */
function priorPrediction(prediction: FoldPrediction): FoldPrediction {
  const says = (columns: readonly Float64Array[]): Float64Array[] =>
    columns.map((column, k) => new Float64Array(column.length).fill(prediction.baseRates[k]!));
  return {
    ...prediction,
    probabilities: says(prediction.probabilities),
    slice: says(prediction.slice),
    calibration: { method: "none", reason: null },
    notes: ["prior"],
  };
}
