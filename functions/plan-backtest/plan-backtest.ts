import { type BacktestRequest, BacktestRequestSchema } from "#lib/backtest/backtest-request.schema.ts";
import { splitsOf } from "#lib/backtest/splits-request.schema.ts";
import { parseOr } from "#lib/errors/parse.ts";
import { labelHorizonBars, tradedClasses } from "#lib/matrix/label.schema.ts";
import type { ModelConfig } from "#lib/models/model-config.schema.ts";
import { requireHourThresholds, requireThreshold } from "#lib/sweeps/threshold-bounds.ts";
import type { Variant } from "#lib/sweeps/variant.schema.ts";
import { defaultMode, neutralThreshold, thresholdVariant } from "#lib/sweeps/variant-id.ts";
import { makePlan } from "../shared/make-plan.ts";
import type { StepPorts } from "../shared/ports.ts";
import { defineStep, ModelStepInputSchema } from "../shared/step.ts";

/** State `PlanBacktest`: resolves thresholds, policy changes and folds into a stored plan. */
export const createPlanBacktest = defineStep({
  name: "PlanBacktest",
  input: ModelStepInputSchema,
  run: async (ports: StepPorts, { owner, pack_id, model_id, request: asked }) => {
    const nested = asked["evaluate"] === undefined ? asked : ((asked["backtest"] ?? {}) as Record<string, unknown>);
    const request = parseOr("INVALID_PARAM", BacktestRequestSchema, { ...nested, pack_id, model_id }, "The backtest request");
    const { momentum_gate, momentum_min, momentum_column, size_by_conf, conf_cap } = request;
    const execution = Object.fromEntries(
      Object.entries({ momentum_gate, momentum_min, momentum_column, size_by_conf, conf_cap }).filter(([, value]) => value !== undefined),
    );
    return makePlan(ports, {
      kind: "backtest",
      owner,
      packId: pack_id,
      modelId: model_id,
      tag: request.tag,
      request: JSON.parse(JSON.stringify(request)),
      splits: splitsOf(request),
      robustness: request.robustness,
      execution,
      ...(request.calibration === undefined ? {} : { calibration: request.calibration }),
      ...(request.allowed_hours === undefined ? {} : { allowedHours: request.allowed_hours }),
      variants: (_, config) => thresholdVariants(request, config),
    });
  },
  // Plan, fits, report.
  expected: ({ folds }) => 1 + folds.length + 1,
  message: ({ variants, folds, refits, warnings }) =>
    `${variants} threshold${variants === 1 ? "" : "s"} over ${folds.length / (1 + refits)} folds${refits > 0 ? `, fitted ${refits} times more for robustness` : ""}${warnings.length > 0 ? `; ${warnings.join(", ")}` : ""}`,
});

/** One variant a threshold, with the policy's own values everywhere else. */
function thresholdVariants(request: BacktestRequest, config: ModelConfig): Variant[] {
  const mode = request.threshold_mode ?? defaultMode(config.cadence);
  const thresholds = request.thresholds ?? [neutralThreshold(mode)];
  const hourThresholds = request.hour_thresholds ?? null;
  const terms = { mode, classes: tradedClasses(config.label).length, daily: config.cadence === "daily" };
  for (const threshold of thresholds) requireThreshold(threshold, terms, "thresholds");
  requireHourThresholds(hourThresholds, terms, "hour_thresholds");
  const topPct = request.top_pct ?? null;
  const variants = thresholds.map((threshold) =>
    thresholdVariant({ mode, threshold, topPct, hourThresholds }, labelHorizonBars(config.label, config.cadence)),
  );
  return [...new Map(variants.map((variant) => [variant.variant_id, variant])).values()];
}
