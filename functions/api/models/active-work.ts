import { SigmaError } from "#lib/errors/sigma-error.ts";
import { listTrainedModels } from "#lib/publishing/trained-model-store.ts";
import { listRuns } from "#lib/runs/run-store.ts";
import type { ApiPorts } from "../api-deps.ts";
import { liveStatus } from "../runs/run-view.ts";

/** A model of a pack, or all models of it. */
export interface WorkFilter {
  readonly packId: string;
  readonly modelId?: string;
}

/** Ids of runs that something executes now. */
async function activeRuns(ports: ApiPorts, owner: string, filter: WorkFilter): Promise<string[]> {
  const active: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listRuns(
      ports.metadata,
      owner,
      { ...filter, status: "running" },
      { limit: 200, ...(cursor === undefined ? {} : { cursor }) },
    );
    for (const run of page.rows) if ((await liveStatus(ports, run)) === "running") active.push(run.run_id);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return active;
}

/** Ids of trained models that signals come from, or that a person paused for now. */
async function liveModels(ports: ApiPorts, owner: string, { packId, modelId }: WorkFilter): Promise<string[]> {
  const live: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listTrainedModels(ports.metadata, owner, { limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    for (const { trained_model_id, pack_id, model_id, status } of page.rows) {
      const isAsked = pack_id === packId && (modelId === undefined || model_id === modelId);
      if (isAsked && (status === "published" || status === "paused")) live.push(trained_model_id);
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return live;
}

/**
 * A run's results carry the digests of the definitions that it began with, so these stay while it works.
 *
 * @param what - such as `The model "x" cannot change`
 * @throws CONFLICT naming the runs
 */
export async function requireNoRuns(ports: ApiPorts, owner: string, filter: WorkFilter, what: string): Promise<void> {
  const runs = await activeRuns(ports, owner, filter);
  if (runs.length === 0) return;
  throw new SigmaError(
    "CONFLICT",
    `${what} while ${runs.slice(0, 3).join(", ")} works on it. Wait for the end, or cancel: DELETE /runs/{run_id}.`,
    {
      runs,
    },
  );
}

/** @throws CONFLICT naming the trained models that are published or paused */
export async function requireNotPublished(ports: ApiPorts, owner: string, filter: WorkFilter, what: string): Promise<void> {
  const live = await liveModels(ports, owner, filter);
  if (live.length === 0) return;
  throw new SigmaError("CONFLICT", `${what} while ${live.slice(0, 3).join(", ")} is published or paused. Retire it first.`, {
    trained_models: live,
  });
}
