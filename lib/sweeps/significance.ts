import { blockSums, type CscvResult, cscvOfBlocks, MIN_CSCV_VARIANTS } from "../metrics/cscv.ts";
import { deflatedSharpe, referenceSharpe } from "../metrics/deflated-sharpe.ts";
import { effectiveTrials, luckSharpe } from "../metrics/expected-max-sharpe.ts";
import { FLAT_SD, type Moments, moments } from "../metrics/moments.ts";
import { residualReturns } from "../metrics/residual-returns.ts";
import { sharpeOfMoments } from "../metrics/sharpe.ts";
import type { Significance } from "../metrics/significance.schema.ts";
import type { TrialLedger } from "./ledger.schema.ts";
import { distinctTrials, mergeTrials, returnsDigest, trialSharpeDeviation } from "./ledger.ts";

export interface VariantReturns {
  readonly variant_id: string;
  /** Net returns of every out-of-sample session, idle ones 0. */
  readonly dailyReturns: Float64Array;
}

export interface SignificanceInput {
  /** In the order of the plan; all over the same sessions. One variant = a plain backtest. */
  readonly variants: readonly VariantReturns[];
  readonly instrumentReturns: Float64Array;
  readonly directional: boolean;
  readonly sessionsPerYear: number;
  /** Trials of the lineage before this run. */
  readonly ledger: TrialLedger;
}

export interface VariantSignificance {
  readonly variant_id: string;
  /** The first variant with the same daily returns; null for the first itself. Duplicates count once. */
  readonly duplicate_of: string | null;
  readonly significance: Significance;
}

export interface SweepSignificance {
  readonly variants: readonly VariantSignificance[];
  /** Distinct daily return series in this run. */
  readonly distinct: number;
  readonly pbo: number | null;
  readonly p_oos_loss: number | null;
  readonly luck_sharpe: number | null;
  readonly dsr_best: number | null;
  /** The ledger with this run's trials, to be stored. */
  readonly ledger: TrialLedger;
}

/** Takes the variants of a run one after another and keeps of each what the judgement of all needs, not its returns. */
export interface SignificanceCollector {
  /** @throws RangeError when the series is not as long as the instrument's */
  add(variant: VariantReturns & { readonly directional: boolean }): void;
  /** @param ledger - trials of the lineage before this run */
  finish(ledger: TrialLedger): SweepSignificance;
}

interface Distinct {
  readonly variant_id: string;
  readonly digest: string;
  readonly shape: Moments;
  readonly blocks: Float64Array;
}

/**
 * Significance of every variant of a run, given everything the lineage has tried. Works on residual returns throughout;
 * variants with equal net returns are one trial.
 *
 * @throws RangeError when series differ in length
 */
export function collectSignificance({ variants, directional, ledger, ...market }: SignificanceInput): SweepSignificance {
  const collector = createSignificanceCollector(market);
  for (const variant of variants) collector.add({ ...variant, directional });
  return collector.finish(ledger);
}

/**
 * A collector over one instrument's sessions. Variants are added in the order of the plan.
 *
 * @param market.instrumentReturns - shape (sessions,)
 */
export function createSignificanceCollector({
  instrumentReturns,
  sessionsPerYear,
}: Pick<SignificanceInput, "instrumentReturns" | "sessionsPerYear">): SignificanceCollector {
  const sessions = instrumentReturns.length;
  const distinct = new Map<string, Distinct>();
  const added: { readonly variant_id: string; readonly digest: string }[] = [];
  const correlation = createMeanCorrelation(sessions);
  const residual = new Float64Array(sessions);
  return {
    add({ variant_id, dailyReturns, directional }) {
      if (dailyReturns.length !== sessions)
        throw new RangeError(`Variant "${variant_id}" has ${dailyReturns.length} sessions, the instrument ${sessions}.`);
      const digest = returnsDigest(dailyReturns);
      added.push({ variant_id, digest });
      if (distinct.has(digest)) return;
      residualReturns(dailyReturns, instrumentReturns, directional, residual);
      const shape = moments(residual);
      correlation.add(residual, shape);
      distinct.set(digest, { variant_id, digest, shape, blocks: blockSums(residual) });
    },
    finish: (before) => judgeTrials({ added, distinct, correlation: correlation.mean(), sessions, sessionsPerYear, before }),
  };
}

function judgeTrials({
  added,
  distinct,
  correlation,
  sessions,
  sessionsPerYear,
  before,
}: {
  readonly added: readonly { readonly variant_id: string; readonly digest: string }[];
  readonly distinct: ReadonlyMap<string, Distinct>;
  readonly correlation: number;
  readonly sessions: number;
  readonly sessionsPerYear: number;
  readonly before: TrialLedger;
}): SweepSignificance {
  const unique = [...distinct.values()];
  const ledger = mergeTrials(
    before,
    unique.map(({ digest, shape }) => ({ digest, sharpe: known(sharpeOfMoments(shape)) })),
  );
  const spread = trialSharpeDeviation(ledger);
  const trials = {
    trials: distinctTrials(ledger),
    // One variant resembles nothing, and idle ones have no correlation: count every trial in full.
    meanCorrelation: Number.isNaN(correlation) ? 0 : correlation,
    sharpeDeviation: Number.isNaN(spread) ? 0 : spread,
    periods: sessions,
  };
  const selection = cscvOfBlocks(
    unique.map(({ blocks }) => blocks),
    sessions,
  );
  const year = Math.sqrt(sessionsPerYear);
  const luck = known(luckSharpe(trials.trials, sessions, sessionsPerYear));

  const byDigest = new Map(
    unique.map(({ digest, shape }) => {
      const estimate = { sharpe: sharpeOfMoments(shape), periods: sessions, skew: shape.skew, kurtosis: shape.kurtosis };
      const dsr = known(deflatedSharpe(estimate, trials));
      const significance: Significance = {
        trials: trials.trials,
        effective_trials: known(effectiveTrials(trials.trials, trials.meanCorrelation)),
        mean_correlation: known(correlation),
        trial_sharpe_sd: known(spread * year),
        reference_sharpe: known(referenceSharpe(trials) * year),
        luck_sharpe: luck,
        dsr,
        ...cscvFields(selection),
        bootstrap_p: null,
        undefined_reasons: reasonsOf(dsr, correlation, spread, selection, unique.length),
      };
      return [digest, significance] as const;
    }),
  );

  const rows = added.map(({ variant_id, digest }) => {
    const first = distinct.get(digest)!.variant_id;
    return { variant_id, duplicate_of: first === variant_id ? null : first, significance: byDigest.get(digest)! };
  });
  const dsrs = [...byDigest.values()].flatMap(({ dsr }) => (dsr === null ? [] : [dsr]));
  return {
    variants: rows,
    distinct: unique.length,
    pbo: selection?.pbo ?? null,
    p_oos_loss: selection?.pOosLoss ?? null,
    luck_sharpe: luck,
    dsr_best: dsrs.length === 0 ? null : dsrs.reduce((best, dsr) => Math.max(best, dsr)),
    ledger,
  };
}

/** Mean pairwise correlation of series that come one after another. */
interface MeanCorrelation {
  /** @param shape - the series' moments; a constant one has no correlation and is left out */
  add(series: Float64Array, shape: Moments): void;
  /** 0 to 1; NaN under two series. */
  mean(): number;
}

/**
 * Mean pairwise correlation, at least 0, in one pass over each series: with z the standardised series of length 1, the sum
 * over all pairs is (|sum z|^2 - n) / 2.
 */
export function createMeanCorrelation(length: number): MeanCorrelation {
  const total = new Float64Array(length);
  let n = 0;
  return {
    add(values, { mean, sd }) {
      if (!(sd > FLAT_SD)) return;
      const scale = 1 / (sd * Math.sqrt(length - 1));
      for (let i = 0; i < length; i += 1) total[i]! += (values[i]! - mean) * scale;
      n += 1;
    },
    mean() {
      if (n < 2) return Number.NaN;
      let squares = 0;
      for (let i = 0; i < length; i += 1) squares += total[i]! * total[i]!;
      return Math.min(1, Math.max(0, (squares - n) / (n * (n - 1))));
    },
  };
}

function cscvFields(selection: CscvResult | null): Pick<Significance, "pbo" | "p_oos_loss" | "mean_logit" | "cscv_slope"> {
  if (selection === null) return { pbo: null, p_oos_loss: null, mean_logit: null, cscv_slope: null };
  const { pbo, pOosLoss, meanLogit, slope } = selection;
  return { pbo, p_oos_loss: pOosLoss, mean_logit: meanLogit, cscv_slope: known(slope) };
}

function reasonsOf(dsr: number | null, correlation: number, spread: number, selection: CscvResult | null, distinct: number) {
  const reasons: Record<string, string> = { bootstrap_p: "reports_only" };
  if (dsr === null) reasons["dsr"] = "no_variance";
  if (Number.isNaN(correlation)) reasons["mean_correlation"] = "variants_below_2";
  if (Number.isNaN(spread)) reasons["trial_sharpe_sd"] = "trials_below_2";
  if (selection !== null && Number.isNaN(selection.slope)) reasons["cscv_slope"] = "no_variance";
  if (selection === null) {
    const reason = distinct < MIN_CSCV_VARIANTS ? `distinct_variants_below_${MIN_CSCV_VARIANTS}` : "sessions_below_32";
    for (const key of ["pbo", "p_oos_loss", "mean_logit", "cscv_slope"]) reasons[key] = reason;
  }
  return reasons;
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
