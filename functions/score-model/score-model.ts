import * as z from "zod";
import { prepareEvaluation } from "#lib/backtest/evaluate-variant.ts";
import { IdSchema } from "#lib/core/ids.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { TrainedModel } from "#lib/publishing/trained-model.schema.ts";
import { readTrainedModel } from "#lib/publishing/trained-model-store.ts";
import { OwnerSchema, RunIdSchema } from "#lib/runs/run-record.schema.ts";
import { composeSignal } from "#lib/signals/compose-signal.ts";
import { actedTimes, addSignal } from "#lib/signals/signal-store.ts";
import type { VariantParams } from "#lib/sweeps/variant.schema.ts";
import { decodeBundle } from "#lib/training/model-bundle.ts";
import { evaluationInput } from "../shared/evaluation-input.ts";
import { loadPlan } from "../shared/evaluation-plan.ts";
import type { StepPorts } from "../shared/ports.ts";
import { defineStep } from "../shared/step.ts";
import { decide, lookBackStart } from "./decide.ts";
import { explainRow } from "./explain-row.ts";
import { livePrediction, matrixUntil } from "./live-row.ts";
import { liveContracts } from "./option-order.ts";

const ScoreModelInputSchema = z.strictObject({
  run_id: RunIdSchema,
  model: z.strictObject({ owner: OwnerSchema, trained_model_id: IdSchema, as_of: z.iso.datetime().nullable() }),
});

/**
 * State `ScoreModel`: builds the newest row with the code that built the matrix, scores it, applies the policy with the code
 * that backtested it, and stores the signal once: without a newly closed bar nothing is written.
 */
export const createScoreModel = defineStep({
  name: "ScoreModel",
  input: ScoreModelInputSchema,
  item: ({ model }) => `${model.owner}.${model.trained_model_id}`,
  run: async (ports: StepPorts, { model }): Promise<Scored> => {
    try {
      return await score(ports, model);
    } catch (error) {
      // One model that cannot be scored must not silence the others of the tick; what may pass is tried again.
      if (!(error instanceof SigmaError) || error.retryable) throw error;
      return { ...NOTHING, failed: { code: error.code, detail: error.message } };
    }
  },
  message: ({ signal, confidence, is_new, failed }, { model }) => {
    const { trained_model_id: id } = model;
    if (failed !== null) return `${id} could not be scored: ${failed.code}: ${failed.detail}`;
    if (signal === null) return `${id} is not published`;
    return `${id}: ${signal}, confidence ${confidence?.toFixed(3)}${is_new ? "" : " (already written)"}`;
  },
});

interface Scored {
  readonly signal_key: { readonly owner: string; readonly signal_id: string } | null;
  readonly signal: string | null;
  readonly confidence: number | null;
  readonly is_new: boolean;
  /** Why nothing could be scored; null when something was, or nothing had to be. */
  readonly failed: { readonly code: string; readonly detail: string } | null;
}

const NOTHING: Scored = { signal_key: null, signal: null, confidence: null, is_new: false, failed: null };

async function score(
  ports: StepPorts,
  { owner, trained_model_id, as_of }: z.output<typeof ScoreModelInputSchema>["model"],
): Promise<Scored> {
  const { artifacts, metadata, clock } = ports;
  const { model } = await readTrainedModel(metadata, owner, trained_model_id);
  if (model.status !== "published") return NOTHING;
  const params = requiredParams(model);
  const plan = await loadPlan(artifacts, owner, model.plan.sha256);
  const bundle = decodeBundle((await artifacts.get(model.refit.key, model.refit.sha256)).bytes);
  const now = as_of === null ? clock.now() : Date.parse(as_of);
  const matrix = await matrixUntil(ports, plan, now);
  const contracts = await liveContracts(ports, plan, matrix, params);
  const shared = prepareEvaluation({ ...evaluationInput(plan, matrix, [livePrediction(matrix, bundle)], contracts), longestHoldBars: 0 });
  const { option_type } = params;
  const context = option_type === null || option_type === "both" ? shared : shared.withOptionType(option_type);
  const decisionTime = matrix.ts[matrix.rows - 1]!;
  const acted = await actedTimes(metadata, owner, trained_model_id, lookBackStart(plan, context), decisionTime);
  const decision = decide({ plan, context, params, now, createdAt: clock.now(), replay: as_of !== null, acted });
  const stored = await addSignal(metadata, composeSignal(model, decision, explainRow(bundle, matrix, decision.leaning)));
  return {
    signal_key: { owner, signal_id: stored.signal.signal_id },
    signal: stored.signal.signal,
    confidence: stored.signal.confidence,
    is_new: stored.isNew,
    failed: null,
  };
}

function requiredParams({ variant, trained_model_id }: TrainedModel): VariantParams {
  if (variant) return variant.params;
  throw new SigmaError("MODEL_INVALID", `"${trained_model_id}" names no variant, so nothing says when it trades. Train it again.`, {
    trained_model_id,
  });
}
