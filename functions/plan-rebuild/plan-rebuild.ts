import * as z from "zod";
import type { Clock } from "#lib/ports/clock.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { listPublished } from "#lib/publishing/trained-model-store.ts";
import { ensureScheduledRun } from "../shared/scheduled-run.ts";
import { defineStep, stepInput } from "../shared/step.ts";

const PlanRebuildInputSchema = z.strictObject({ ...stepInput, tick: z.string() });

/** Most models that one tick rebuilds; a larger workspace goes on at the next tick. */
const MOST_MODELS = 200;

/** State `PlanRebuild`: every model of which a trained version is published, each once. */
export const createPlanRebuild = defineStep({
  name: "PlanRebuild",
  input: PlanRebuildInputSchema,
  run: async (ports: { readonly metadata: MetadataStore; readonly clock: Clock }, { run_id, owner, tick }) => {
    const { metadata } = ports;
    await ensureScheduledRun(ports, { runId: run_id, owner, machine: "rebuild", tick });
    const models = new Map<string, { owner: string; pack_id: string; model_id: string }>();
    let cursor: string | undefined;
    do {
      const page = await listPublished(metadata, { limit: 100, ...(cursor === undefined ? {} : { cursor }) });
      for (const { owner, pack_id, model_id } of page.rows) models.set(`${owner}/${pack_id}/${model_id}`, { owner, pack_id, model_id });
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && models.size < MOST_MODELS);
    return { models: [...models.values()].slice(0, MOST_MODELS) };
  },
  expected: ({ models }) => 1 + models.length,
  message: ({ models }) => `${models.length} published models to rebuild`,
});
