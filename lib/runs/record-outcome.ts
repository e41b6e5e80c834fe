import type { Json } from "../core/canonical-json.ts";
import type { Clock } from "../ports/clock.ts";
import type { MetadataStore } from "../ports/metadata-store.ts";
import { findRun, writeRun } from "./run-store.ts";

export interface Outcome {
  readonly runId: string;
  readonly status: "succeeded" | "failed" | "canceled";
  readonly outputs: Json | null;
  readonly error: { readonly code: string; readonly detail: string } | null;
}

/**
 * Writes how a run ended. A run that already has this outcome stays as it is, so a doubled event changes nothing; the
 * error that a step recorded is kept in favour of the bare one that the engine reports later.
 */
export async function recordOutcome(ports: { readonly metadata: MetadataStore; readonly clock: Clock }, outcome: Outcome): Promise<void> {
  const found = await findRun(ports.metadata, outcome.runId);
  if (!found || found.run.status === "succeeded") return;
  if (found.run.status === outcome.status) return;
  await writeRun(
    ports.metadata,
    {
      ...found.run,
      status: outcome.status,
      ended_at: new Date(ports.clock.now()).toISOString(),
      outputs: outcome.outputs,
      error: found.run.error ?? outcome.error,
    },
    found.version,
  );
}
