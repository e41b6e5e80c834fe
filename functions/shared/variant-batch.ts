import { evaluatePaths, type PathContexts } from "#lib/backtest/evaluate-paths.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import { createScratch, type EvaluationScratch } from "#lib/backtest/evaluation-scratch.ts";
import type { TradeLog } from "#lib/backtest/trade-log.ts";
import { sha256 } from "#lib/core/digest.ts";
import { freeMemory } from "#lib/core/free-memory.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import type { Variant } from "#lib/sweeps/variant.schema.ts";
import { decodeVariantPart, encodeVariantPart, type VariantOutcome, type VariantPart } from "#lib/sweeps/variant-part.ts";
import { partPath } from "./evaluation-plan.ts";

/** A batch's results, whose memory its last reader frees. */
export interface WholePart {
  readonly part: VariantPart;
  /** Whether they were stored. */
  readonly reused: boolean;
  /** Gives the memory of the daily returns back: they are empty afterwards. */
  free(): void;
}

/**
 * The results of one batch: what is stored, or evaluated now when nothing is, or when the stored bytes were changed since.
 * Evaluating again gives the same bytes, so that heals a damaged part.
 *
 * @throws NOT_FOUND when the plan has no such batch
 */
export async function wholePart(
  artifacts: ArtifactStore,
  plan: EvaluationPlan,
  planKey: string,
  batchId: string,
  context: () => Promise<PathContexts>,
): Promise<WholePart> {
  const batch = plan.batches.find(({ batch_id }) => batch_id === batchId);
  if (!batch) throw new SigmaError("NOT_FOUND", `The plan "${planKey}" has no batch "${batchId}".`, { plan_key: planKey, batch: batchId });
  const path = partPath(plan, planKey, batchId);
  let damaged = false;
  try {
    const { bytes } = await artifacts.get(path);
    return { part: decodeVariantPart(bytes), reused: true, free: () => freeMemory(bytes) };
  } catch (error) {
    damaged = error instanceof SigmaError && error.code === "ARTIFACT_CORRUPT";
    if (!damaged && !(error instanceof SigmaError && error.code === "ARTIFACT_NOT_FOUND")) throw error;
  }
  const prepared = await context();
  const variants = batch.variant_ids.map((id) => plan.variants.find(({ variant_id }) => variant_id === id)!);
  const scratch = prepared.contexts.map(createScratch);
  const results = variants.map((variant) => evaluate(prepared, variant, scratch));
  const part = { outcomes: results.map(({ outcome }) => outcome), daily: results.map(({ daily }) => daily) };
  const bytes = encodeVariantPart(part);
  await artifacts.put(path, bytes, damaged ? "any" : "absent");
  freeMemory(bytes);
  return { part, reused: false, free: () => part.daily.forEach(freeMemory) };
}

function evaluate(
  context: PathContexts,
  variant: Variant,
  scratch: readonly EvaluationScratch[],
): { readonly outcome: VariantOutcome; readonly daily: Float64Array } {
  try {
    const { evaluation, spread } = evaluatePaths(context, variant.params, scratch);
    const { metrics, daily, digest, realisedShare, netExposure, notes, counts, trades, options } = evaluation;
    return {
      daily,
      outcome: {
        status: "done",
        variant,
        metrics,
        paths: spread,
        daily_digest: digest,
        trades_digest: tradesDigest(trades),
        realised_share: Number.isNaN(realisedShare) ? null : realisedShare,
        net_exposure: netExposure,
        ambiguous_bars: counts.ambiguousBars,
        repriced_trades: options?.repriced ?? 0,
        notes: [...notes],
      },
    };
  } catch (error) {
    if (!(error instanceof SigmaError)) throw error;
    return { daily: new Float64Array(0), outcome: { status: "failed", variant, code: error.code, detail: error.message } };
  }
}

/** Identity of a list of trades: where each began and ended, its side and what it earned, in the order of their opening. */
function tradesDigest({ count, entryRow, exitRow, side, netReturn }: TradeLog): string {
  const values = new Float64Array(4 * count);
  for (let i = 0; i < count; i++) {
    // Adding 0 makes -0 the 0 that it equals.
    values.set([entryRow[i]!, exitRow[i]!, side[i]!, netReturn[i]! + 0], 4 * i);
  }
  return sha256(new Uint8Array(values.buffer));
}
