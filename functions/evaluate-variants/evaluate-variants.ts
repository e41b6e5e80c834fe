import * as z from "zod";
import { type EvaluationContext, evaluateVariant, prepareEvaluation } from "#lib/backtest/evaluate-variant.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import type { TradeLog } from "#lib/backtest/trade-log.ts";
import { sha256 } from "#lib/core/digest.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { Variant } from "#lib/sweeps/variant.schema.ts";
import { encodeVariantPart, type VariantOutcome } from "#lib/sweeps/variant-part.ts";
import { evaluationInput } from "../shared/evaluation-input.ts";
import { keep, loadDevelopment, loadPlan, loadPredictions, partPath } from "../shared/evaluation-plan.ts";
import type { StepPorts } from "../shared/ports.ts";
import { defineStep, stepInput } from "../shared/step.ts";

const EvaluateVariantsInputSchema = z.strictObject({
  ...stepInput,
  plan_key: z.string().regex(/^[0-9a-f]{64}$/),
  batch: z.string().regex(/^[0-9a-f]{16}$/),
});

/** State `EvaluateVariants`: one batch over the stored predictions. A variant that cannot be evaluated is data, not an error. */
export const createEvaluateVariants = defineStep({
  name: "EvaluateVariants",
  input: EvaluateVariantsInputSchema,
  item: ({ batch }) => batch,
  run: async (ports: StepPorts, { owner, plan_key, batch }) => {
    const plan = await loadPlan(ports.artifacts, owner, plan_key);
    const wanted = plan.batches.find(({ batch_id }) => batch_id === batch);
    if (!wanted) throw new SigmaError("NOT_FOUND", `The plan "${plan_key}" has no batch "${batch}".`, { plan_key, batch });
    const path = partPath(plan, plan_key, batch);
    if (await ports.artifacts.head(path)) return { batch, variants: wanted.variant_ids.length, failed: 0, reused: true };

    const context = await contextOf(ports, plan, plan_key);
    const variants = wanted.variant_ids.map((id) => plan.variants.find(({ variant_id }) => variant_id === id)!);
    const results = variants.map((variant) => evaluate(context, variant));
    const part = { outcomes: results.map(({ outcome }) => outcome), daily: results.map(({ daily }) => daily) };
    await ports.artifacts.put(path, encodeVariantPart(part), "absent");
    return { batch, variants: results.length, failed: part.outcomes.filter(({ status }) => status === "failed").length, reused: false };
  },
  message: ({ variants, failed }) => `${variants} variant${variants === 1 ? "" : "s"} evaluated${failed > 0 ? `, ${failed} failed` : ""}`,
});

/** What the plan's variants share, kept while this process works on it. A plan's key covers its owner. */
function contextOf({ artifacts }: StepPorts, plan: EvaluationPlan, planKey: string): Promise<EvaluationContext> {
  return keep(artifacts, `evaluation:${planKey}`, async () => {
    const [matrix, predictions] = await Promise.all([loadDevelopment(artifacts, plan), loadPredictions(artifacts, plan)]);
    return prepareEvaluation(evaluationInput(plan, matrix, predictions));
  });
}

const NOTHING = new Float64Array(0);

function evaluate(context: EvaluationContext, variant: Variant): { readonly outcome: VariantOutcome; readonly daily: Float64Array } {
  try {
    const { metrics, daily, digest, realisedShare, netExposure, notes, counts, trades } = evaluateVariant(context, variant.params);
    return {
      daily,
      outcome: {
        status: "done",
        variant,
        metrics,
        daily_digest: digest,
        trades_digest: tradesDigest(trades),
        realised_share: Number.isNaN(realisedShare) ? null : realisedShare,
        net_exposure: netExposure,
        ambiguous_bars: counts.ambiguousBars,
        notes: [...notes],
      },
    };
  } catch (error) {
    if (!(error instanceof SigmaError)) throw error;
    return { daily: NOTHING, outcome: { status: "failed", variant, code: error.code, detail: error.message } };
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
