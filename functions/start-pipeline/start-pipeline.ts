import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import type { Workflow } from "#lib/ports/workflow.ts";
import { OwnerSchema, RunIdSchema } from "#lib/runs/run-record.schema.ts";
import type { StepPorts } from "../shared/ports.ts";
import { requestModelRun } from "../shared/request-run.ts";
import { defineStep } from "../shared/step.ts";

const StartPipelineInputSchema = z.strictObject({
  run_id: RunIdSchema,
  tick: z.string(),
  model: z.strictObject({ owner: OwnerSchema, pack_id: IdSchema, model_id: IdSchema }),
});

/** State `StartPipeline`: starts the pipeline of one model; unchanged data and definitions find the run that did it before. */
export const createStartPipeline = defineStep({
  name: "StartPipeline",
  input: StartPipelineInputSchema,
  item: ({ model }) => `${model.owner}.${model.pack_id}.${model.model_id}`,
  run: async (ports: StepPorts & { readonly workflow: Workflow }, { model }) => {
    const { run, isNew } = await requestModelRun(ports, {
      owner: model.owner,
      machine: "pipeline",
      packId: model.pack_id,
      modelId: model.model_id,
      tag: "rebuild",
      request: { evaluate: "sweep", train_when_passed: false, sweep: { mode: "simple" } },
    });
    return { run_id: run.run_id, is_new: isNew };
  },
  message: ({ run_id, is_new }, { model }) => `${model.model_id}: ${is_new ? "started" : "unchanged, see"} ${run_id}`,
});
