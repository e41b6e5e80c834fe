import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import { SplitsSchema } from "#lib/backtest/splits.schema.ts";
import { canonicalJson } from "#lib/core/canonical-json.ts";
import { sha256, sha256OfJson } from "#lib/core/digest.ts";
import { parseOr } from "#lib/errors/parse.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { UNGATED } from "#lib/leaderboard/gate.schema.ts";
import { readRow } from "#lib/leaderboard/leaderboard-store.ts";
import type { LeaderboardRow } from "#lib/leaderboard/rows.schema.ts";
import { labelHorizonBars } from "#lib/matrix/label.schema.ts";
import { defaultMode, neutralThreshold, thresholdVariant } from "#lib/sweeps/variant-id.ts";
import { requireOwnSettings } from "#lib/training/own-settings.ts";
import { type TrainRequest, TrainRequestSchema } from "#lib/training/train-request.schema.ts";
import type { TrainingItem, TrainingOrder } from "#lib/training/training-order.schema.ts";
import { requireTrainable } from "#lib/training/training-permission.ts";
import { loadPlan } from "../shared/evaluation-plan.ts";
import { makePlan } from "../shared/make-plan.ts";
import type { StepPorts } from "../shared/ports.ts";
import { defineStep, ModelStepInputSchema } from "../shared/step.ts";
import { orderPath } from "../shared/training-order.ts";

/** State `PlanTraining`: holds each selected row against the gate before anything is fitted. */
export const createPlanTraining = defineStep({
  name: "PlanTraining",
  input: ModelStepInputSchema,
  run: async (ports: StepPorts, { owner, pack_id, model_id, request: asked }) => {
    const request = parseOr("INVALID_PARAM", TrainRequestSchema, { ...asked, pack_id, model_id }, "The training request");
    const permission = { research: request.research, override: request.override ?? null };
    const items: TrainingItem[] = [];
    for (const rowId of new Set(request.rows)) {
      const row = await readRow(ports.metadata, owner, rowId);
      requireSameModel(row, pack_id, model_id);
      requireTrainable(rowId, row.gate, permission);
      const plan = await loadPlan(ports.artifacts, owner, row.plan_key);
      items.push(
        itemOf(row.row_id, row.plan_key, plan, row.variant_id, row.gate, {
          residual_sharpe: row.metrics.residual.sharpe,
          sharpe: row.metrics.sharpe,
          total_return: row.metrics.total_return,
          max_drawdown_pct: row.metrics.max_drawdown_pct,
          trades: row.metrics.trades,
          bets: row.metrics.bets,
          dsr: row.significance.dsr,
          pbo: row.significance.pbo,
          p_oos_loss: row.significance.p_oos_loss,
          trials: row.significance.trials,
        }),
      );
    }
    requireOwnSettings(request);
    if (request.rows === undefined) items.push(await baseline(ports, owner, request));

    const order: TrainingOrder = { schema_version: 1, owner, research: request.research, override: permission.override, items };
    const bytes = new TextEncoder().encode(canonicalJson(order));
    const key = sha256(bytes);
    await ports.artifacts.put(orderPath(owner, key), bytes, "absent");
    return { training_key: key, rows: items.map(({ item_id }) => item_id) };
  },
  // Plan and one training a row; a pipeline has planned its own steps before.
  expected: ({ rows }) => 1 + rows.length,
  message: ({ rows }) => `${rows.length} model${rows.length === 1 ? "" : "s"} to train`,
});

/** A training is listed under the model it names, so its rows must be that model's. */
function requireSameModel(row: LeaderboardRow, packId: string, modelId: string): void {
  if (row.pack_id === packId && row.model_id === modelId) return;
  throw new SigmaError(
    "INVALID_PARAM",
    `The row "${row.row_id}" is of the model "${row.model_id}" of pack "${row.pack_id}"; this training is for "${modelId}" of "${packId}". Train each model's rows by themselves.`,
    { row_id: row.row_id, model_id: row.model_id },
    { fieldErrors: [{ path: "rows", issue: `must be rows of "${modelId}"` }] },
  );
}

function itemOf(
  rowId: string | null,
  planKey: string,
  plan: EvaluationPlan,
  variantId: string,
  gate: TrainingItem["gate"],
  backtest: TrainingItem["backtest"],
): TrainingItem {
  const variant = plan.variants.find(({ variant_id }) => variant_id === variantId)!;
  return { item_id: sha256OfJson({ rowId, planKey, variantId }).slice(0, 16), row_id: rowId, plan_key: planKey, variant, gate, backtest };
}

/** The model at its neutral threshold, without a search: nothing was selected, and nothing was judged. */
async function baseline(
  ports: StepPorts,
  owner: string,
  { pack_id: packId, model_id: modelId, calibration, allowed_hours }: TrainRequest,
): Promise<TrainingItem> {
  const { plan_key } = await makePlan(ports, {
    kind: "backtest",
    owner,
    packId,
    modelId,
    tag: null,
    request: {},
    splits: SplitsSchema.parse({}),
    ...(calibration === undefined ? {} : { calibration }),
    ...(allowed_hours === undefined ? {} : { allowedHours: allowed_hours }),
    variants: (_, config) => {
      const mode = defaultMode(config.cadence);
      return [thresholdVariant({ mode, threshold: neutralThreshold(mode) }, labelHorizonBars(config.label, config.cadence))];
    },
  });
  const plan = await loadPlan(ports.artifacts, owner, plan_key);
  return itemOf(null, plan_key, plan, plan.variants[0]!.variant_id, UNGATED, null);
}
