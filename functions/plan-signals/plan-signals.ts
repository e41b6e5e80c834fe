import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import type { Clock } from "#lib/ports/clock.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import type { TrainedModel } from "#lib/publishing/trained-model.schema.ts";
import { listPublished } from "#lib/publishing/trained-model-store.ts";
import { ensureScheduledRun } from "../shared/scheduled-run.ts";
import { defineStep, stepInput } from "../shared/step.ts";

const PlanSignalsInputSchema = z.strictObject({
  ...stepInput,
  tick: z.string(),
  request: z.strictObject({
    /** Scores as if now were this time; null = the clock. The signal is then marked as a replay. */
    as_of: z.iso.datetime().nullable().default(null),
    trained_model_id: IdSchema.nullable().default(null),
    /** Whose models: `all` for the scheduled tick. */
    scope: z.enum(["owner", "all"]).default("owner"),
  }),
});

const MOST_MODELS = 500;

/** State `PlanSignals`: the published models that are due at this tick. */
export const createPlanSignals = defineStep({
  name: "PlanSignals",
  input: PlanSignalsInputSchema,
  run: async (ports: { readonly metadata: MetadataStore; readonly clock: Clock }, { run_id, owner, tick, request }) => {
    const { metadata } = ports;
    await ensureScheduledRun(ports, { runId: run_id, owner, machine: "signals", tick });
    const found: TrainedModel[] = [];
    let cursor: string | undefined;
    do {
      const page = await listPublished(metadata, {
        limit: 100,
        ...(request.scope === "owner" ? { owner } : {}),
        ...(cursor === undefined ? {} : { cursor }),
      });
      found.push(...page.rows.filter((model) => request.trained_model_id === null || model.trained_model_id === request.trained_model_id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && found.length < MOST_MODELS);
    const due = found
      .slice(0, MOST_MODELS)
      .map(({ owner: of, trained_model_id }) => ({ owner: of, trained_model_id, as_of: request.as_of }));
    return { due };
  },
  expected: ({ due }) => 1 + 2 * due.length,
  message: ({ due }) => `${due.length} published models to score`,
});
