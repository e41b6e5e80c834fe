import type { Json } from "../core/canonical-json.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { Clock } from "../ports/clock.ts";
import type { MetadataStore } from "../ports/metadata-store.ts";
import type { RunRecord } from "./run-record.schema.ts";
import { findRun, writeRun } from "./run-store.ts";

export interface Outcome {
  readonly runId: string;
  readonly status: "succeeded" | "failed" | "canceled";
  readonly outputs: Json | null;
  readonly error: { readonly code: string; readonly detail: string } | null;
  /** When the execution ended, UTC ms, where the teller knows: news of an attempt before the last resume are old. */
  readonly endedAt?: number;
}

/** How often an outcome is written again when somebody else wrote the run meanwhile. */
const MOST_ATTEMPTS = 10;

/**
 * Writes how a run ended. The first end of an attempt stands: a doubled event changes nothing, and the error that a step
 * recorded is kept in favour of the bare one that the engine reports later. Only success overrules an end that was
 * written before it. News of an attempt that was resumed since change nothing, and an unknown run is left alone.
 *
 * @returns the run as it stands afterwards, undefined when nobody knows it
 * @throws CONFLICT when others wrote the run first every time
 */
export async function recordOutcome(
  ports: { readonly metadata: MetadataStore; readonly clock: Clock },
  outcome: Outcome,
): Promise<RunRecord | undefined> {
  for (let attempt = 1; ; attempt++) {
    const found = await findRun(ports.metadata, outcome.runId);
    if (!found || !changes(found.run, outcome)) return found?.run;
    const run: RunRecord = {
      ...found.run,
      status: outcome.status,
      ended_at: new Date(ports.clock.now()).toISOString(),
      outputs: outcome.outputs,
      error: outcome.status === "succeeded" ? null : outcome.error,
    };
    try {
      await writeRun(ports.metadata, run, found.version);
      return run;
    } catch (error) {
      if (!(error instanceof SigmaError) || error.code !== "CONFLICT" || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

function changes(run: RunRecord, { status, endedAt }: Outcome): boolean {
  if (endedAt !== undefined && run.resumed_at !== undefined && endedAt < Date.parse(run.resumed_at)) return false;
  if (run.status === "running" || run.status === "interrupted") return true;
  return status === "succeeded" && run.status !== "succeeded";
}
