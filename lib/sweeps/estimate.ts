import { luckSharpe } from "../metrics/expected-max-sharpe.ts";
import { planBatches } from "./batches.ts";
import type { Variant } from "./variant.schema.ts";

/** Measured on the machine that will do the work. */
export interface SpeedConstants {
  /** Fitting one fold's model, its calibration included. */
  readonly secondsPerFoldFit: number;
  readonly secondsPerVariant: number;
  /** Start, reading the predictions and writing the results of one call. */
  readonly secondsPerCall: number;
  readonly parallelCalls: number;
  readonly lambdaGigabytes: number;
}

/** US dollars, us-east-1, arm64, list prices without a free tier (2026): update them when AWS does. */
export const PRICES = {
  lambdaGigabyteSecond: 0.0000133334,
  lambdaRequest: 0.2 / 1_000_000,
  stateTransition: 0.025 / 1000,
  s3Put: 0.005 / 1000,
  s3Get: 0.0004 / 1000,
  dynamoWrite: 0.625 / 1_000_000,
} as const;

/** Transitions of the sweep's machine besides the Map: start, plan, fit, collect, gate, end and their choices. */
const FIXED_TRANSITIONS = 12;
/** An iteration enters the Map, runs one task and ends. */
const TRANSITIONS_PER_BATCH = 3;

export interface EstimateInput {
  readonly variants: readonly Variant[];
  readonly folds: number;
  /** False when the predictions of this (matrix, learner, splits) are stored already. */
  readonly fits: boolean;
  /** Out-of-sample sessions. */
  readonly sessions: number;
  readonly sessionsPerYear: number;
  /** Distinct variants that the lineage's ledger holds before this sweep. */
  readonly trialsBefore: number;
  readonly place: "local" | "cloud";
  readonly speed: SpeedConstants;
}

export interface SweepEstimate {
  readonly variants: number;
  readonly batches: number;
  readonly seconds: number;
  readonly usd: number;
  /** Annual Sharpe ratio that the best of all trials would show by luck alone. */
  readonly luck_sharpe: number | null;
}

/** What a sweep will take and cost, and how good its best result will look by luck alone, before anything runs. */
export function estimateSweep(input: EstimateInput): SweepEstimate {
  const { variants, folds, fits, speed, place } = input;
  const batches = planBatches(variants, speed.secondsPerVariant, speed.parallelCalls).length;
  const fitCalls = fits ? folds : 0;
  const waves = (calls: number, secondsEach: number): number => Math.ceil(calls / speed.parallelCalls) * secondsEach;
  const batchSeconds = batches === 0 ? 0 : speed.secondsPerCall + (variants.length * speed.secondsPerVariant) / batches;
  const fitSeconds = speed.secondsPerCall + speed.secondsPerFoldFit;
  // Plan and collect are two calls besides.
  const seconds = 2 * speed.secondsPerCall + waves(fitCalls, fitSeconds) + waves(batches, batchSeconds);

  const calls = 2 + fitCalls + batches;
  const busySeconds = 2 * speed.secondsPerCall + fitCalls * fitSeconds + batches * batchSeconds;
  const usd =
    place === "local"
      ? 0
      : busySeconds * speed.lambdaGigabytes * PRICES.lambdaGigabyteSecond +
        calls * (PRICES.lambdaRequest + PRICES.s3Put + 2 * PRICES.s3Get) +
        (FIXED_TRANSITIONS + TRANSITIONS_PER_BATCH * (batches + fitCalls)) * PRICES.stateTransition +
        (variants.length + calls) * PRICES.dynamoWrite;
  const luck = luckSharpe(input.trialsBefore + variants.length, input.sessions, input.sessionsPerYear);
  return { variants: variants.length, batches, seconds, usd, luck_sharpe: Number.isFinite(luck) ? luck : null };
}
