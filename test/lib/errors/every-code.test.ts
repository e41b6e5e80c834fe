import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { cloudOwner } from "#functions/api/owner.ts";
import type { LocalSystem } from "#infra/local/local-system.ts";
import { startLocalServer } from "#infra/local/server.ts";
import { requireTier } from "#lib/accounts/tier-limits.ts";
import { readTaskStates } from "#lib/adapters/local/machine-definition.ts";
import { createRunGate } from "#lib/adapters/local/run-gate.ts";
import { storageFault } from "#lib/adapters/local/storage-fault.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { requireDisjoint } from "#lib/backtest/disjoint.ts";
import { purgedKFold } from "#lib/backtest/splits.ts";
import { ERROR_CATALOG, type ErrorCode } from "#lib/errors/catalog.ts";
import { ERROR_GUIDE } from "#lib/errors/guide.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { indicatorNamed } from "#lib/indicators/catalog.ts";
import { parseCsvBars } from "#lib/market-data/csv-bars.ts";
import { requireQuality } from "#lib/matrix/quality/assess-quality.ts";
import type { QualityReport } from "#lib/matrix/quality/quality.schema.ts";
import { documentsOf } from "#lib/packs/pack-source.ts";
import { resolvePack } from "#lib/packs/resolve-pack.ts";
import { resolvePolicy } from "#lib/policies/resolve-policy.ts";
import { readQuotas } from "#lib/quotas/quotas.ts";
import { runFailure } from "#lib/runs/run-failure.ts";
import { requireTrainable } from "#lib/training/training-permission.ts";
import { renderErrorDocs } from "../../../cli/generate/error-docs.ts";
import { apiHarness, createModel, MODEL } from "../../functions/api/support.ts";

/** The code that an answer of the API carries. */
async function answered(response: Promise<Response> | Response): Promise<string> {
  const { code } = (await (await response).json()) as { code: string };
  return code;
}

/** The code that some work ends with. */
async function thrown(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof SigmaError) return error.code;
    throw error;
  }
  return "nothing was thrown";
}

const post = async (path: string, body: unknown, env: Record<string, string> = {}) => {
  const harness = apiHarness({ env });
  await createModel(harness);
  return answered(harness.call("POST", path, { body }));
};
const json = { "content-type": "application/json" };
const report = (check: string, items: readonly string[]) =>
  ({ verdicts: [{ check, status: "fail", summary: "So it is.", items }] }) as unknown as QualityReport;

/** How each code comes about where the product itself makes it. */
const PATHS: Readonly<Record<ErrorCode, () => Promise<string>>> = {
  INVALID_PARAM: () => answered(apiHarness().call("GET", "/v1/packs?limit=0")),
  UNAUTHENTICATED: () => answered(apiHarness({ mode: "cloud", owner: cloudOwner }).call("GET", "/v1/packs")),
  FORBIDDEN: () => {
    const event = { requestContext: { authorizer: { lambda: { owner: "alice", scopes: "read" } } } };
    const { app } = apiHarness({ mode: "cloud", owner: cloudOwner });
    return answered(app.request("/v1/models", { method: "POST", body: "{}", headers: json }, { event }));
  },
  QUOTA_EXCEEDED: () => post("/v1/pipeline", MODEL, { SIGMA_QUOTA_SWEEPS_PER_DAY: "0" }),
  TIER_LIMIT: () => thrown(() => requireTier("free", ({ customVariants }) => customVariants > 0, "Custom sweeps")),
  NOT_FOUND: () => answered(apiHarness().call("GET", "/v1/runs/build_none")),
  ARTIFACT_NOT_FOUND: () => thrown(() => createMemoryArtifactStore().get("matrices/none/manifest.json")),
  CONFLICT: async () => {
    const { call } = apiHarness();
    const headers = { "idempotency-key": "k" };
    await call("POST", "/v1/packs/validate", { body: { pack_id: "swingsigma" }, headers });
    return answered(call("POST", "/v1/packs/validate", { body: { pack_id: "zerosigma" }, headers }));
  },
  PAYLOAD_TOO_LARGE: () => post("/v1/models", "x".repeat(7_000_000)),
  UNSUPPORTED_MEDIA_TYPE: () =>
    answered(apiHarness().call("POST", "/v1/models", { body: "a=b", headers: { "content-type": "text/plain" } })),
  UNPROCESSABLE: () => post("/v1/backtest", MODEL),
  PACK_INVALID: () => thrown(() => resolvePack(documentsOf({ "mine/pack.yaml": "id: mine\nname: 7\n" }), "mine")),
  MODEL_INVALID: () =>
    post("/v1/models", { ...MODEL, model_id: "mine", ticker: "SPX", asset_type: "eq", horizon: "0dte", cadence: "daily" }),
  POLICY_INVALID: () => thrown(() => resolvePolicy([])),
  INDICATOR_UNKNOWN: () => thrown(() => indicatorNamed("moon_phase")),
  LABEL_ENTRY_MISMATCH: async () => {
    const harness = apiHarness();
    await createModel(harness);
    const body = { policy: { execution: { brackets: { entry_mode: "limit" } } } };
    return answered(harness.call("PATCH", `/v1/models/${MODEL.model_id}`, { body }));
  },
  DATA_INVALID: () => thrown(() => parseCsvBars("date,open,high,low,close\n2024-07-02,1,2,3,-1\n", { symbol: "TEST", cadence: "daily" })),
  HISTORY_TOO_SHORT: () => thrown(() => purgedKFold(Int32Array.of(0), Float64Array.of(1), Float64Array.of(2), 5, 0)),
  SINGLE_CLASS: () => thrown(() => requireQuality(report("label_balance", ["1"]), { force: false })),
  QUALITY_FAILED: () => thrown(() => requireQuality(report("row_count", []), { force: false })),
  LEAKAGE_DETECTED: () =>
    thrown(() =>
      requireDisjoint(
        { ts: Float64Array.of(1, 2), t1: Float64Array.of(5, 6) },
        { index: 0, train: Int32Array.of(0), testStart: 1, testEnd: 2, embargoBars: 0 },
      ),
    ),
  GATE_FAILED: () => thrown(() => requireTrainable("row_1", { status: "FAIL", reasons: [] }, { research: false, override: null })),
  DATA_UNAVAILABLE: async () => {
    const { call } = apiHarness();
    await call("POST", "/v1/models", { body: { ...MODEL, template_id: "swing_eq_daily_close", ticker: "NOBODY" } });
    return answered(call("POST", "/v1/build_matrix", { body: MODEL }));
  },
  RATE_LIMITED: () => answered(apiHarness({ env: { SIGMA_QUOTA_READS_PER_MINUTE: "0" } }).call("GET", "/v1/packs")),
  INTERNAL: () => {
    const harness = apiHarness();
    harness.ports.marketData.offers = () => Promise.reject(new Error("a bug"));
    return answered(harness.call("GET", "/v1/data"));
  },
  CONFIG_INVALID: () => thrown(() => readQuotas("cloud", { SIGMA_QUOTA_SWEEPS_PER_DAY: "many" })),
  ARTIFACT_CORRUPT: async () => {
    const store = createMemoryArtifactStore();
    await store.put("models/a", Uint8Array.of(1), "any");
    return thrown(() => store.get("models/a", "0".repeat(64)));
  },
  WORKFLOW_INVALID: () => {
    const twice = { Type: "Task" };
    const machine = { StartAt: "A", States: { A: twice, B: { Type: "Map", ItemProcessor: { StartAt: "A", States: { A: twice } } } } };
    return thrown(() => readTaskStates("build", machine as never));
  },
  STATE_TOO_LARGE: () => {
    const tasks = readTaskStates("build", { StartAt: "A", States: { A: { Type: "Task" } } } as never);
    const handlers = new Map([["A", async () => "x".repeat(300_000)]]);
    const gate = createRunGate({ runId: "build_1", tasks, handlers, metadata: apiHarness().ports.metadata });
    return thrown(() => gate.taskFor("A")({}));
  },
  STORE_UNAVAILABLE: () => thrown(() => Promise.reject(storageFault({ code: "EIO" }, "a record"))),
  STORE_READ_ONLY: () => thrown(() => Promise.reject(storageFault({ code: "EROFS" }, "a record"))),
  STORE_FULL: () => thrown(() => Promise.reject(storageFault({ code: "ENOSPC" }, "a record"))),
  PORT_IN_USE: async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { ports, workflow } = apiHarness();
    const system = { home: "", ports: { ...ports, alerts: { deliver: async () => {} } }, workflow, close: async () => {} };
    try {
      const { port } = taken.address() as AddressInfo;
      return await thrown(() => startLocalServer(system as unknown as LocalSystem, { port }));
    } finally {
      taken.close();
    }
  },
  RUN_CANCELED: async () => {
    const harness = apiHarness();
    await createModel(harness);
    const started = (await (await harness.call("POST", "/v1/build_matrix", { body: MODEL })).json()) as { run_id: string };
    const canceled = await harness.call("DELETE", `/v1/runs/${started.run_id}`);
    return ((await canceled.json()) as { error: { code: string } }).error.code;
  },
  TIMEOUT: async () => runFailure("States.Timeout", "").code,
};

describe("every code of the catalogue", () => {
  it.each(Object.keys(ERROR_CATALOG) as ErrorCode[])("%s is made by the product itself", async (code) => {
    expect(await PATHS[code]()).toBe(code);
  });

  it("is explained, and docs/errors.md is what the guide says (run npm run schemas after a change)", () => {
    expect(Object.keys(ERROR_GUIDE).sort()).toEqual(Object.keys(ERROR_CATALOG).sort());
    expect(readFileSync("docs/errors.md", "utf8")).toBe(renderErrorDocs());
    for (const code of Object.keys(ERROR_CATALOG)) expect(renderErrorDocs()).toContain(`\n## ${code}\n`);
  });
});
