import type { Json } from "#lib/core/canonical-json.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { ExecutionView, MachineName, Workflow } from "#lib/ports/workflow.ts";

export interface FakeWorkflow extends Workflow {
  readonly started: { readonly machine: MachineName; readonly runId: string; readonly attempt: number; readonly input: Json }[];
  readonly canceled: string[];
  readonly resumed: string[];
  /** How the execution stands from now on. */
  set(runId: string, status: ExecutionView["status"], output?: Json): void;
  /** Forgets it, as if its process had died before the start. */
  lose(runId: string): void;
}

/** Runs nothing: a test says how executions stand. */
export function createFakeWorkflow(): FakeWorkflow {
  const views = new Map<string, ExecutionView>();
  const viewOf = (id: string): ExecutionView => {
    const view = views.get(id);
    if (!view) throw new SigmaError("NOT_FOUND", `No execution "${id}".`);
    return view;
  };
  const workflow: FakeWorkflow = {
    started: [],
    canceled: [],
    resumed: [],
    set: (runId, status, output = null) => views.set(runId, { ...viewOf(runId), status, output }),
    lose: (runId) => views.delete(runId),
    async start({ machine, runId, attempt, input }) {
      workflow.started.push({ machine, runId, attempt, input });
      views.set(runId, { executionId: runId, machine, status: "running", output: null, error: null });
      return { executionId: runId };
    },
    async describe(id) {
      return viewOf(id);
    },
    async cancel(id) {
      viewOf(id);
      workflow.canceled.push(id);
      workflow.set(id, "canceled");
    },
    async resume(id) {
      workflow.resumed.push(id);
      workflow.set(id, "running");
    },
  };
  return workflow;
}
