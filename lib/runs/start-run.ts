import type { Json } from "../core/canonical-json.ts";
import { sha256OfJson } from "../core/digest.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { Clock } from "../ports/clock.ts";
import type { MetadataStore } from "../ports/metadata-store.ts";
import type { MachineName, Workflow } from "../ports/workflow.ts";
import type { RunRecord } from "./run-record.schema.ts";
import { findRun, writeRun } from "./run-store.ts";

export interface RunRequest {
  readonly owner: string;
  readonly machine: MachineName;
  readonly packId: string | null;
  readonly modelId: string | null;
  readonly tag: string | null;
  /** The machine's input without `run_id` and `owner`; it carries the digests that the result depends on. */
  readonly input: { readonly [key: string]: Json };
  /** Part of the run's identity: other code is another run. */
  readonly codeVersion: string;
  /** Given by a scheduled tick; else the id is the content key of the request. */
  readonly runId?: string;
}

/** The id that equal requests share. */
export function runIdOf({ owner, machine, input, codeVersion }: RunRequest): string {
  return `${machine}_${sha256OfJson({ owner, machine, input, codeVersion }).slice(0, 24)}`;
}

/**
 * Starts a run, or finds the one that equal content started before. A run that failed, was canceled or was
 * interrupted goes on from its finished steps.
 *
 * @returns the run, and whether it is new
 */
export async function startRun(
  ports: { readonly metadata: MetadataStore; readonly workflow: Workflow; readonly clock: Clock },
  request: RunRequest,
): Promise<{ readonly run: RunRecord; readonly isNew: boolean }> {
  const { metadata, workflow, clock } = ports;
  const runId = request.runId ?? runIdOf(request);
  const run: RunRecord = {
    run_id: runId,
    owner: request.owner,
    machine: request.machine,
    pack_id: request.packId,
    model_id: request.modelId,
    tag: request.tag,
    status: "running",
    attempt: 1,
    created_at: new Date(clock.now()).toISOString(),
    ended_at: null,
    input: { ...request.input },
    outputs: null,
    error: null,
  };
  try {
    await writeRun(metadata, run, "absent");
  } catch (error) {
    if (!(error instanceof SigmaError) || error.code !== "CONFLICT") throw error;
    return { run: await revive(ports, runId), isNew: false };
  }
  await workflow.start({ machine: request.machine, runId, attempt: 1, input: { run_id: runId, owner: request.owner, ...request.input } });
  return { run, isNew: true };
}

/** Brings an unfinished run back to work; leaves a running or succeeded one alone. */
async function revive(ports: { readonly metadata: MetadataStore; readonly workflow: Workflow }, runId: string): Promise<RunRecord> {
  const found = await findRun(ports.metadata, runId);
  if (!found) throw new SigmaError("NOT_FOUND", `No run "${runId}".`, { run_id: runId });
  return resumeRun(ports, found.run, found.version);
}

/**
 * Goes on with a run whose execution has ended without success, or whose process died. Finished steps are kept.
 *
 * @returns the run as it is afterwards
 */
export async function resumeRun(
  ports: { readonly metadata: MetadataStore; readonly workflow: Workflow },
  run: RunRecord,
  version: number,
): Promise<RunRecord> {
  const { metadata, workflow } = ports;
  if (run.status === "succeeded") return run;
  const execution = await workflow.describe(run.run_id).catch((error: unknown) => {
    if (error instanceof SigmaError && error.code === "NOT_FOUND") return null;
    throw error;
  });
  if (execution?.status === "running") return run;
  const revived: RunRecord = { ...run, status: "running", attempt: run.attempt + 1, ended_at: null, outputs: null, error: null };
  await writeRun(metadata, revived, version);
  // The process died between the record and the start: the execution does not exist yet.
  if (execution === null)
    await workflow.start({
      machine: run.machine,
      runId: run.run_id,
      attempt: revived.attempt,
      input: { run_id: run.run_id, owner: run.owner, ...run.input },
    });
  else await workflow.resume(run.run_id);
  return revived;
}
