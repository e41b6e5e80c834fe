import { awaitRun } from "#infra/local/await-run.ts";
import type { LocalSystem } from "#infra/local/local-system.ts";
import { scheduledTime, type Tick } from "#infra/timer-ticks.ts";
import { listRuns, readRun } from "#lib/runs/run-store.ts";
import { startRun } from "#lib/runs/start-run.ts";
import { failureOf } from "./failure.ts";
import type { Session } from "./session.ts";

export interface TickOutcome {
  readonly run_id: string;
  readonly timer: string;
  readonly status: string;
  readonly is_new: boolean;
  readonly error: { readonly code: string; readonly detail: string } | null;
  /** Pipelines that a rebuild started, and how they ended. */
  readonly started: readonly { readonly run_id: string; readonly status: string }[];
}

/**
 * Starts a tick's run under its scheduled time, so that a tick that comes twice is one run, and waits for everything
 * that it started. A failure is part of the outcome: the next tick comes all the same.
 */
export async function startTick(session: Session, system: LocalSystem, tick: Tick): Promise<TickOutcome> {
  const { ports, workflow } = system;
  const time = scheduledTime(tick);
  const runId = `${tick.machine}_${time}`;
  const request = tick.machine === "signals" ? { request: { as_of: null, trained_model_id: null, scope: "all" } } : {};
  const { isNew } = await startRun(
    { ...ports, workflow },
    {
      owner: session.owner,
      machine: tick.machine,
      packId: null,
      modelId: null,
      tag: "schedule",
      codeVersion: ports.codeVersion,
      runId,
      input: { tick: time, ...request },
    },
  );
  const outcome = await waitFor(session, system, session.owner, runId);
  const { run } = await readRun(ports.metadata, session.owner, runId);
  const { plan } = (run.outputs ?? {}) as { readonly plan?: { readonly models?: readonly PlannedModel[] } };
  const started = await waitForPipelines(session, system, plan?.models ?? []);
  return { run_id: runId, timer: tick.timer, is_new: isNew, started, ...outcome };
}

interface PlannedModel {
  readonly owner: string;
  readonly pack_id: string;
  readonly model_id: string;
}

/** A rebuild starts pipelines and ends; they work in this process and would end with it. */
async function waitForPipelines(session: Session, system: LocalSystem, models: readonly PlannedModel[]) {
  const found: { run_id: string; status: string }[] = [];
  for (const { owner, pack_id, model_id } of models) {
    const filter = { machine: "pipeline", packId: pack_id, modelId: model_id, status: "running" };
    const { rows } = await listRuns(system.ports.metadata, owner, filter, { limit: 50 });
    for (const { run_id } of rows) {
      const { status } = await waitFor(session, system, owner, run_id);
      found.push({ run_id, status });
    }
  }
  return found;
}

async function waitFor(session: Session, system: LocalSystem, owner: string, runId: string) {
  const progress = session.progress(runId);
  try {
    const run = await awaitRun(system, owner, runId, (event) => progress.step(event));
    return { status: run.status, error: null };
  } catch (error) {
    const { code, detail } = failureOf(error);
    return { status: "failed", error: { code, detail } };
  } finally {
    progress.end();
  }
}
