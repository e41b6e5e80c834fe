import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import type { Clock } from "#lib/ports/clock.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { ACTIONS, applyTransition } from "#lib/publishing/lifecycle.ts";
import { readTrainedModel, replaceTrainedModel } from "#lib/publishing/trained-model-store.ts";
import { defineStep, stepInput } from "../shared/step.ts";

const PublishModelInputSchema = z.strictObject({
  ...stepInput,
  trained_model_id: IdSchema,
  request: z.strictObject({ action: z.enum(ACTIONS), by: z.string(), reason: z.string().max(500) }),
});

/** State `PublishModel`: one lifecycle action by a conditional write; a lost race answers CONFLICT and changes nothing. */
export const createPublishModel = defineStep({
  name: "PublishModel",
  input: PublishModelInputSchema,
  run: async (ports: { readonly metadata: MetadataStore; readonly clock: Clock }, { owner, trained_model_id, request }) => {
    const { model, version } = await readTrainedModel(ports.metadata, owner, trained_model_id);
    const changed = applyTransition(model, { ...request, at: new Date(ports.clock.now()).toISOString() });
    if (changed !== model) await replaceTrainedModel(ports.metadata, changed, version);
    return { trained_model_id, status: changed.status, stage: changed.stage, proven: changed.proven };
  },
  message: ({ trained_model_id, status, stage }) => `${trained_model_id} is ${status}${stage ? ` to ${stage}` : ""}`,
});
