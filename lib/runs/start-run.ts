import type { Json } from "../core/canonical-json.ts";
import { sha256OfJson } from "../core/digest.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { Clock } from "../ports/clock.ts";
import type { MetadataStore } from "../ports/metadata-store.ts";
import type { ExecutionView, MachineName, Workflow } from "../ports/workflow.ts";
import { recordOutcome } from "./record-outcome.ts";
import type { RunRecord } from "./run-record.schema.ts";
import { findRun, type StoredRun, writeRun } from "./run-store.ts";

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

/**
 * Asked before a run begins, or goes on after it had ended; not for one that runs or has succeeded.
 *
 * @throws QUOTA_EXCEEDED when the owner may not begin it now
 */
export type AdmitRun = (
  request: Pick<RunRequest, "owner" | "machine" | "input">,
  runId: string,
  /** The run began before. */
  resumes: boolean,
) => Promise<void>;

export interface RunPorts {
  readonly metadata: MetadataStore;
  readonly workflow: Workflow;
  readonly clock: Clock;
  /** Absent = whoever asks may begin. */
  readonly admit?: AdmitRun;
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
 * @throws QUOTA_EXCEEDED when it may not begin now
 */
export async function startRun(ports: RunPorts, request: RunRequest): Promise<{ readonly run: RunRecord; readonly isNew: boolean }> {
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
    if (ports.admit && (await findRun(metadata, runId)) === undefined) await ports.admit(request, runId, false);
    await writeRun(metadata, run, "absent");
  } catch (error) {
    if (!isConflict(error)) throw error;
    const { run: existing, version } = await knownRun(metadata, runId);
    return { run: await resumeRun(ports, existing, version), isNew: false };
  }
  await launch(workflow, run);
  return { run, isNew: true };
}

/** How often a run is looked at again that others write meanwhile. */
const MOST_ATTEMPTS = 10;

/**
 * Goes on with a run whose execution has ended without success, or whose process died; leaves a running or succeeded one
 * alone. Finished steps are kept. Of several that resume a run at once, one does and the others find it running.
 *
 * @param version - of the record that `run` was read from
 * @returns the run as it is afterwards
 */
export async function resumeRun(ports: RunPorts, run: RunRecord, version: number): Promise<RunRecord> {
  const { metadata, workflow } = ports;
  let stored = { run, version };
  for (let attempt = 1; ; attempt++) {
    if (stored.run.status === "succeeded") return stored.run;
    const execution = await findExecution(workflow, run.run_id);
    if (execution?.status === "running") return stored.run;
    if (execution?.status === "succeeded") return succeed(ports, stored.run, execution.output);
    await ports.admit?.(stored.run, run.run_id, true);
    // Nothing has run yet when the execution is missing: another process is about to start it, or died before it
    // could. Starting the same attempt twice is one execution.
    const next = execution === null ? stored.run.attempt : stored.run.attempt + 1;
    const revived: RunRecord = {
      ...stored.run,
      status: "running",
      attempt: next,
      ended_at: null,
      outputs: null,
      error: null,
      ...(execution === null ? {} : { resumed_at: new Date(ports.clock.now()).toISOString() }),
    };
    try {
      if (execution !== null || stored.run.status !== "running") await writeRun(metadata, revived, stored.version);
    } catch (error) {
      if (!isConflict(error) || attempt === MOST_ATTEMPTS) throw error;
      stored = await knownRun(metadata, run.run_id);
      if (stored.run.status === "running") return stored.run;
      continue;
    }
    if (execution === null) await launch(workflow, revived);
    else await goOn(workflow, revived);
    return revived;
  }
}

/** Resumes the run's execution; where the engine cannot any more, starts a new one. */
async function goOn(workflow: Workflow, run: RunRecord): Promise<void> {
  try {
    await workflow.resume(run.run_id);
  } catch (error) {
    if (!isConflict(error)) throw error;
    if ((await findExecution(workflow, run.run_id))?.status !== "running") await launch(workflow, run);
  }
}

/** The execution had ended well, and only the news of it was lost. */
async function succeed(
  ports: { readonly metadata: MetadataStore; readonly clock: Clock },
  run: RunRecord,
  outputs: Json | null,
): Promise<RunRecord> {
  return (await recordOutcome(ports, { runId: run.run_id, status: "succeeded", outputs, error: null })) ?? run;
}

async function launch(workflow: Workflow, { machine, run_id, owner, attempt, input }: RunRecord): Promise<void> {
  await workflow.start({ machine, runId: run_id, attempt, input: { run_id, owner, ...input } });
}

async function findExecution(workflow: Workflow, runId: string): Promise<ExecutionView | null> {
  try {
    return await workflow.describe(runId);
  } catch (error) {
    if (error instanceof SigmaError && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

async function knownRun(metadata: MetadataStore, runId: string): Promise<StoredRun> {
  const found = await findRun(metadata, runId);
  if (found) return found;
  throw new SigmaError("NOT_FOUND", `No run "${runId}".`, { run_id: runId });
}

const isConflict = (error: unknown): boolean => error instanceof SigmaError && error.code === "CONFLICT";
