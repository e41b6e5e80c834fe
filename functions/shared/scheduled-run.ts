import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { Clock } from "#lib/ports/clock.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import type { MachineName } from "#lib/ports/workflow.ts";
import { writeRun } from "#lib/runs/run-store.ts";

/**
 * Gives a run to an execution that a schedule started by itself, so that it can be followed, listed and reported when it
 * fails. A run that was started through the API has its record already, and keeps it.
 */
export async function ensureScheduledRun(
  ports: { readonly metadata: MetadataStore; readonly clock: Clock },
  { runId, owner, machine, tick }: { readonly runId: string; readonly owner: string; readonly machine: MachineName; readonly tick: string },
): Promise<void> {
  try {
    await writeRun(
      ports.metadata,
      {
        run_id: runId,
        owner,
        machine,
        pack_id: null,
        model_id: null,
        tag: "schedule",
        status: "running",
        attempt: 1,
        created_at: new Date(ports.clock.now()).toISOString(),
        ended_at: null,
        input: { tick },
        outputs: null,
        error: null,
      },
      "absent",
    );
  } catch (error) {
    if (!(error instanceof SigmaError) || error.code !== "CONFLICT") throw error;
  }
}
