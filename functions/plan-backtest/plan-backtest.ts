import { type BacktestRequest, BacktestRequestSchema } from "#lib/backtest/backtest-request.schema.ts";
import { parseOr } from "#lib/errors/parse.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { type Label, labelClasses, labelHorizonBars } from "#lib/matrix/label.schema.ts";
import type { ModelConfig } from "#lib/models/model-config.schema.ts";
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
      splits: { splits: request.splits, embargo: request.embargo ?? null, embargo_bars: request.embargo_bars ?? null },
      execution,
      ...(request.calibration === undefined ? {} : { calibration: request.calibration }),
      ...(request.allowed_hours === undefined ? {} : { allowedHours: request.allowed_hours }),
      variants: (_, config) => thresholdVariants(request, config),
    });
  },
  // Plan, folds, report.
  expected: ({ folds }) => 1 + folds.length + 1,
  message: ({ variants, folds, warnings }) =>
    `${variants} threshold${variants === 1 ? "" : "s"} over ${folds.length} folds${warnings.length > 0 ? `; ${warnings.join(", ")}` : ""}`,
});

/** One variant a threshold, with the policy's own values everywhere else. */
function thresholdVariants(request: BacktestRequest, config: ModelConfig): Variant[] {
  const mode = request.threshold_mode ?? defaultMode(config.cadence);
  const thresholds = request.thresholds ?? [neutralThreshold(mode)];
  for (const threshold of thresholds) checkThreshold(mode, threshold, config.label);
  const topPct = request.top_pct ?? null;
  const variants = thresholds.map((threshold) =>
    thresholdVariant({ mode, threshold, topPct }, labelHorizonBars(config.label, config.cadence)),
  );
  return [...new Map(variants.map((variant) => [variant.variant_id, variant])).values()];
}

function checkThreshold(mode: "probability" | "edge", threshold: number, label: Label): void {
  const classes = labelClasses(label).length;
  const floor = classes === 2 ? 0.5 : 1 / classes;
  const valid =
    mode === "edge" ? threshold >= 0 && threshold < 5 : (classes === 2 ? threshold >= floor : threshold > floor) && threshold < 1;
  if (valid) return;
  const range =
    mode === "edge" ? "0 to 5 (differences of log-odds)" : classes === 2 ? "0.5 to below 1" : `above ${floor.toFixed(3)} and below 1`;
  throw new SigmaError(
    "INVALID_PARAM",
    `A threshold in ${mode} mode must be ${range}; found "${threshold}".`,
    { threshold },
    {
      fieldErrors: [{ path: "thresholds", issue: `must be ${range}` }],
    },
  );
}
