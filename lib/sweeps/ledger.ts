import { sha256, sha256OfJson } from "../core/digest.ts";
import { moments } from "../metrics/moments.ts";
import type { Trial, TrialLedger } from "./ledger.schema.ts";

/** What makes results rivals for one choice: the same idea on the same data, however it is executed. */
export interface LineageRange {
  readonly modelId: string;
  readonly symbol: string;
  readonly cadence: string;
  /** First session and the session after the last, as dates. */
  readonly start: string;
  readonly end: string;
}

export const lineageKey = (range: LineageRange): string => sha256OfJson({ ...range });

export const emptyLedger = (key: string): TrialLedger => ({ schema_version: 1, lineage_key: key, trials: [] });

/**
 * Identity of a series of daily returns: equal series have equal digests on every machine. -0 counts as 0.
 *
 * @returns 32 hex digits
 */
export function returnsDigest(dailyReturns: Float64Array): string {
  const bytes = new Uint8Array(8 * dailyReturns.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < dailyReturns.length; i += 1) view.setFloat64(8 * i, dailyReturns[i]! + 0, true);
  return sha256(bytes).slice(0, 32);
}

/**
 * Adds trials to a ledger. Merging is idempotent and does not depend on the order, so a step that runs twice, or two sweeps
 * that end at once, lose and double nothing.
 */
export function mergeTrials(ledger: TrialLedger, trials: readonly Trial[]): TrialLedger {
  const merged = new Map(ledger.trials.map((trial) => [trial.digest, trial]));
  for (const trial of trials) if (!merged.has(trial.digest)) merged.set(trial.digest, trial);
  const sorted = [...merged.values()].sort((a, b) => (a.digest < b.digest ? -1 : a.digest > b.digest ? 1 : 0));
  return { ...ledger, trials: sorted };
}

/** N: how many distinct variants were ever evaluated. */
export const distinctTrials = (ledger: TrialLedger): number => ledger.trials.length;

/** Standard deviation (ddof 1) of the trials' Sharpe ratios, per session; NaN under two known ones. */
export function trialSharpeDeviation(ledger: TrialLedger): number {
  return moments(Float64Array.from(ledger.trials.flatMap(({ sharpe }) => (sharpe === null ? [] : [sharpe])))).sd;
}
