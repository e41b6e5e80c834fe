import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { createReplayClock } from "#lib/adapters/memory/replay-clock.ts";
import { canonicalJson, type Json } from "#lib/core/canonical-json.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { ExecutionView, Workflow } from "#lib/ports/workflow.ts";

/** 2026-01-02T21:00:00Z. */
export const START = Date.UTC(2026, 0, 2, 21);

/** Executions by run id and attempt, as an engine keeps them; the newest attempt speaks for the run. */
function createEngine() {
  const views = new Map<string, ExecutionView & { readonly input: string }>();
  const launched: string[] = [];
  const resumed: string[] = [];
  const newest = (runId: string) => [...views.entries()].filter(([name]) => name.startsWith(`${runId}-`)).at(-1);
  const workflow: Workflow = {
    async start({ machine, runId, attempt, input }) {
      const name = `${runId}-${attempt}`;
      const text = canonicalJson(input);
      const known = views.get(name);
      if (known && known.input !== text) throw new SigmaError("CONFLICT", "Another input.");
      if (!known) {
        launched.push(name);
        views.set(name, { executionId: runId, machine, status: "running", output: null, error: null, input: text });
      }
      return { executionId: runId };
    },
    async describe(runId) {
      const found = newest(runId);
      if (!found) throw new SigmaError("NOT_FOUND", "No execution.");
      return found[1];
    },
    async cancel() {},
    async resume(runId) {
      resumed.push(runId);
      const [name, view] = newest(runId)!;
      if (refusing) throw new SigmaError("CONFLICT", "It cannot be resumed any more.");
      views.set(name, { ...view, status: "running" });
    },
  };
  let refusing = false;
  return {
    workflow,
    launched,
    resumed,
    end(runId: string, status: ExecutionView["status"], output: Json = null) {
      const [name, view] = newest(runId)!;
      views.set(name, { ...view, status, output });
    },
    refuseResume() {
      refusing = true;
    },
  };
}

export function createRunPorts() {
  const clock = createReplayClock(START);
  const metadata = createMemoryMetadataStore({ clock });
  const engine = createEngine();
  return { clock, metadata, engine, workflow: engine.workflow };
}
