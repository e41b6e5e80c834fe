import { splitsOf } from "#lib/backtest/splits-request.schema.ts";
import { planVariants } from "#lib/sweeps/grid.ts";
import { gridContextOf } from "#lib/sweeps/grid-context.ts";
import { isComposed } from "#lib/sweeps/sweep.schema.ts";
import { makePlan } from "../shared/make-plan.ts";
import type { StepPorts } from "../shared/ports.ts";
import { readSweepRequest } from "../shared/read-sweep-request.ts";
import { defineStep, ModelStepInputSchema } from "../shared/step.ts";
import { matrixColumns } from "../shared/sweep-grid.ts";

/** State `PlanSweep`: expands the request into variants, warns of what cannot pass, and writes the batches. */
export const createPlanSweep = defineStep({
  name: "PlanSweep",
  input: ModelStepInputSchema,
  run: async (ports: StepPorts, { owner, pack_id, model_id, request: asked }) => {
    const request = readSweepRequest(asked, pack_id, model_id);
    if (isComposed(request)) {
      const { planComposedSweep } = await import("../shared/plan-composed-sweep.ts");
      return planComposedSweep(ports, owner, request);
    }
    return makePlan(ports, {
      kind: "sweep",
      owner,
      packId: pack_id,
      modelId: model_id,
      tag: request.tag,
      request: JSON.parse(JSON.stringify(request)),
      splits: splitsOf(request),
      gates: request.gates,
      variants: ({ info }, config) => planVariants(request, gridContextOf(config, matrixColumns(info))),
    });
  },
  // Plan, folds, batches, collect.
  expected: ({ folds, batches }) => 1 + folds.length + batches.length + 1,
  message: ({ variants, folds, warnings }) =>
    `${variants} variants over ${folds.length} folds${warnings.length > 0 ? `; ${warnings.join(", ")}` : ""}`,
});
