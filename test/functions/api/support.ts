import { createApp } from "#functions/api/app.ts";
import { localOwner } from "#functions/api/owner.ts";
import { readSampleData } from "#infra/local/sample-data.ts";
import { readBuiltinPacks } from "#lib/adapters/local/builtin-packs.ts";
import { createLocalMarketData } from "#lib/adapters/local/market-data.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { createReplayClock } from "#lib/adapters/memory/replay-clock.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { computeHere } from "#lib/indicators/plan.ts";
import type { ExecutionView, MachineName, Workflow } from "#lib/ports/workflow.ts";
import { recordOutcome } from "#lib/runs/record-outcome.ts";

/** 2026-11-20T15:00:00Z. */
const NOW = Date.UTC(2026, 10, 20, 15);

export interface FakeWorkflow extends Workflow {
  readonly started: { readonly machine: MachineName; readonly runId: string; readonly attempt: number; readonly input: Json }[];
  readonly canceled: string[];
  readonly resumed: string[];
  /** How the execution stands from now on. */
  set(runId: string, status: ExecutionView["status"], output?: Json): void;
  /** Forgets it, as if its process had died before the start. */
  lose(runId: string): void;
}

function createFakeWorkflow(): FakeWorkflow {
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

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The app over memory stores and a workflow that does what the test says. */
export function apiHarness(options: { readonly mode?: "local" | "cloud"; readonly owner?: Parameters<typeof createApp>[0]["owner"] } = {}) {
  const clock = createReplayClock(NOW);
  const metadata = createMemoryMetadataStore({ clock });
  const artifacts = createMemoryArtifactStore();
  const workflow = createFakeWorkflow();
  const unexpected: unknown[] = [];
  const ports = {
    artifacts,
    metadata,
    clock,
    workflow,
    marketData: createLocalMarketData({ artifacts, sample: readSampleData }),
    computeColumns: computeHere,
    builtinPacks: readBuiltinPacks(),
    codeVersion: "0.0.0+test",
  };
  let ids = 0;
  const app = createApp({
    ports,
    mode: options.mode ?? "local",
    owner: options.owner ?? localOwner,
    version: "0.0.0+test",
    requestId: () => `request-${++ids}`,
    now: clock.now,
    onUnexpected: (error) => unexpected.push(error),
  });
  const call = (method: string, path: string, { body, headers }: CallOptions = {}) =>
    Promise.resolve(
      app.request(path, {
        method,
        headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    );
  const end = async (runId: string, outputs: Json): Promise<void> => {
    workflow.set(runId, "succeeded", outputs);
    await recordOutcome(ports, { runId, status: "succeeded", outputs, error: null });
  };
  return { app, call, clock, end, ports, unexpected, workflow };
}
export type Harness = ReturnType<typeof apiHarness>;

export const MODEL = { pack_id: "swingsigma", model_id: "spx_eq_swing_daily" } as const;

/** Creates the model that the runs of a test are about. */
export async function createModel({ call }: Pick<Harness, "call">, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  const body = { ...MODEL, template_id: "swing_eq_daily_close", ticker: "SPX" };
  const response = await call("POST", "/v1/models", { body, headers });
  if (response.status !== 201) throw new Error(`The model was not created: ${await response.text()}`);
}

/** Starts a build and returns the run's id. */
export async function startBuild({ call }: Pick<Harness, "call">, body: object = {}): Promise<string> {
  const response = await call("POST", "/v1/build_matrix", { body: { ...MODEL, ...body } });
  const { run_id } = (await response.json()) as { run_id: string };
  return run_id;
}
