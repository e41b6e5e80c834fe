import { SigmaError } from "../errors/sigma-error.ts";
import type { LifecycleStatus, TrainedModel } from "./trained-model.schema.ts";

/** What a person can do with a trained model. */
export const ACTIONS = ["publish", "pause", "resume", "retire", "discard"] as const;
export type LifecycleAction = (typeof ACTIONS)[number];

const RULES: Record<LifecycleAction, { readonly from: readonly LifecycleStatus[]; readonly to: LifecycleStatus }> = {
  publish: { from: ["trained"], to: "published" },
  pause: { from: ["published"], to: "paused" },
  resume: { from: ["paused"], to: "published" },
  retire: { from: ["published", "paused"], to: "retired" },
  discard: { from: ["trained"], to: "discarded" },
};

export interface TransitionRequest {
  readonly action: LifecycleAction;
  readonly by: string;
  readonly reason: string;
  /** ISO time of the request. */
  readonly at: string;
}

/**
 * The model after an action. Publishing always means paper here: only a proven model with a paper record may ever
 * trade live, and nothing in this product version does.
 *
 * An action whose result already holds changes nothing, so a repeated request is harmless.
 *
 * @throws CONFLICT when the action does not apply to the model's status
 */
export function applyTransition(model: TrainedModel, request: TransitionRequest): TrainedModel {
  const rule = RULES[request.action];
  if (model.status === rule.to) return model;
  if (!rule.from.includes(model.status)) {
    throw new SigmaError(
      "CONFLICT",
      `"${request.action}" needs a model that is ${rule.from.join(" or ")}; "${model.trained_model_id}" is ${model.status}.`,
      { trained_model_id: model.trained_model_id, status: model.status, action: request.action },
    );
  }
  if (request.action === "publish" && model.holdout?.vetoed && !model.research) {
    throw new SigmaError(
      "GATE_FAILED",
      `"${model.trained_model_id}" was vetoed by its holdout (probability of so low a Sharpe ratio ${model.holdout.probability_this_low?.toFixed(3)}, at least 0.05 is asked). Discard it, or train it as research.`,
      { trained_model_id: model.trained_model_id, reason: "holdout_veto" },
    );
  }
  const transition = { from: model.status, to: rule.to, at: request.at, by: request.by, reason: request.reason };
  return {
    ...model,
    status: rule.to,
    stage: rule.to === "published" || rule.to === "paused" ? "paper" : null,
    transitions: [...model.transitions, transition],
  };
}
