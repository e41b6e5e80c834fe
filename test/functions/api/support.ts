import { createApp } from "#functions/api/app.ts";
import { localAdmin, localOwner } from "#functions/api/owner.ts";
import { readSampleData } from "#infra/local/sample-data.ts";
import { readBuiltinPacks } from "#lib/adapters/local/builtin-packs.ts";
import { createLocalMarketData } from "#lib/adapters/local/market-data.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { createReplayClock } from "#lib/adapters/memory/replay-clock.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { computeHere } from "#lib/indicators/plan.ts";
import type { Clock } from "#lib/ports/clock.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { readQuotas } from "#lib/quotas/quotas.ts";
import { recordOutcome } from "#lib/runs/record-outcome.ts";
import { createFakeWorkflow } from "../../support/fake-workflow.ts";

/** 2026-11-20T15:00:00Z. */
const NOW = Date.UTC(2026, 10, 20, 15);

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The app over memory stores and a workflow that does what the test says. */
export function apiHarness(
  options: {
    readonly mode?: "local" | "cloud";
    readonly owner?: Parameters<typeof createApp>[0]["owner"];
    readonly requireAdmin?: Parameters<typeof createApp>[0]["requireAdmin"];
    readonly env?: Readonly<Record<string, string>>;
    readonly metadata?: (clock: Clock) => MetadataStore;
  } = {},
) {
  const clock = createReplayClock(NOW);
  const metadata = options.metadata?.(clock) ?? createMemoryMetadataStore({ clock });
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
    requireAdmin: options.requireAdmin ?? localAdmin,
    quotas: readQuotas("local", options.env ?? {}),
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
