import { luckSharpe } from "../metrics/expected-max-sharpe.ts";
import { planBatches } from "./batches.ts";
import type { Variant } from "./variant.schema.ts";

/** How fast the place is that will do the work. Seconds of the reference machine; `factor` makes them this one's. */
export interface SpeedConstants {
  /** How many times longer than on the reference machine work takes here. */
  readonly factor: number;
  /** Until the first step runs, and planning. */
  readonly secondsToStart: number;
  /** Start, reading the predictions and writing the results of one call. */
  readonly secondsPerCall: number;
  /** Of evaluating a variant: for itself, and for each row that it trades on. */
  readonly secondsPerVariant: number;
  readonly secondsPerVariantRow: number;
  /** Of judging a variant and writing its row. */
  readonly secondsPerRowWritten: number;
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

/** Transitions of the sweep's machine besides the Maps: start, plan, fit, collect, gate, end and their choices. */
const FIXED_TRANSITIONS = 12;
/** An iteration enters the Map, runs one task and ends. */
const TRANSITIONS_PER_BATCH = 3;

export interface EstimateInput {
  readonly variants: readonly Variant[];
  /** Seconds of each fit that is not stored yet, on the reference machine; empty when all predictions are there. */
  readonly fitSeconds: readonly number[];
  /** Seconds of each matrix that must be built first. */
  readonly buildSeconds: readonly number[];
  /** Rows on which a variant trades, over all paths. */
  readonly tradedRows: number;
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
  const { variants, fitSeconds, buildSeconds, tradedRows, speed, place } = input;
  const perVariant = speed.secondsPerVariant + tradedRows * speed.secondsPerVariantRow;
  const batches = planBatches(variants, perVariant, speed.parallelCalls).length;
  const collecting = variants.length * speed.secondsPerRowWritten;
  const evaluating = variants.length * perVariant + batches * speed.secondsPerCall;
  // Fits and matrices of one sweep take about as long as each other, so calls at once share them.
  const atOnce = (calls: readonly number[]): number => {
    const busy = calls.reduce((sum, seconds) => sum + seconds + speed.secondsPerCall, 0);
    return Math.max(busy / Math.min(speed.parallelCalls, Math.max(1, calls.length)), ...calls);
  };
  const seconds =
    speed.factor *
    (speed.secondsToStart +
      atOnce(buildSeconds) +
      atOnce(fitSeconds) +
      evaluating / Math.min(speed.parallelCalls, Math.max(1, batches)) +
      collecting);

  const calls = 2 + fitSeconds.length + buildSeconds.length + batches;
  const busySeconds =
    speed.factor *
    ([...fitSeconds, ...buildSeconds].reduce((sum, each) => sum + each + speed.secondsPerCall, 0) +
      speed.secondsToStart +
      evaluating +
      collecting);
  const usd =
    place === "local"
      ? 0
      : busySeconds * speed.lambdaGigabytes * PRICES.lambdaGigabyteSecond +
        calls * (PRICES.lambdaRequest + PRICES.s3Put + 2 * PRICES.s3Get) +
        (FIXED_TRANSITIONS + TRANSITIONS_PER_BATCH * (calls - 2)) * PRICES.stateTransition +
        (variants.length + calls) * PRICES.dynamoWrite;
  const luck = luckSharpe(input.trialsBefore + variants.length, input.sessions, input.sessionsPerYear);
  return { variants: variants.length, batches, seconds, usd, luck_sharpe: Number.isFinite(luck) ? luck : null };
}
