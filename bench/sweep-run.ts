import { LOCAL_OWNER } from "#functions/api/owner.ts";
import { createLocalSystem } from "#infra/local/local-system.ts";
import { createLocalApp } from "#infra/local/server.ts";
import { simulatedWorkspaceOf } from "#lib/core/workspace.ts";
import { SimulationSchema } from "#lib/market-data/simulate/simulation.schema.ts";
import { saveSimulation } from "#lib/market-data/simulate/simulation-store.ts";

/**
 * Child of the sweep workloads: one step on a home of its own, in a process of its own, so that its memory and its first
 * calls are its own. `build` makes the model and its matrix; `sweep` asks what a sweep would take, then runs it.
 */
const [step, home, kind, request] = process.argv.slice(2) as [string, string, "daily" | "hourly", string];

const MODELS = {
  daily: {
    pack_id: "swingsigma",
    model_id: "bench_daily",
    template_id: "swing_eq_daily_close",
    ticker: "SPX",
    data: { provider: "sample", symbol: "SPX" },
  },
  hourly: {
    pack_id: "swingsigma",
    model_id: "bench_hourly",
    template_id: "swing_eq_hourly",
    ticker: "BENCH",
    data: { provider: "simulated", symbol: "SIM:BENCH" },
  },
} as const;

const system = await createLocalSystem({ home, alerts: { deliver: async () => {} } });
const app = createLocalApp(system);
const model = MODELS[kind];
const headers = {
  "content-type": "application/json",
  ...(kind === "hourly" ? { "x-sigma-workspace": "simulated" } : {}),
};

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await app.request(`/v1${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const answer = (await response.json()) as T;
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}

/** Starts a run and waits for its end, however long that takes. */
async function finish(path: string, body: object): Promise<void> {
  let run = await call<{ run_id: string; status: string; error?: unknown }>("POST", path, body);
  while (run.status === "running") {
    await new Promise((settle) => setTimeout(settle, 50));
    run = await call("GET", `/runs/${run.run_id}`);
  }
  if (run.status !== "succeeded") throw new Error(`${path} ended as ${run.status}: ${JSON.stringify(run.error)}`);
}

const { pack_id, model_id } = model;
if (step === "build") {
  if (kind === "hourly") {
    const edge = { annual_sharpe: 1, seed: 11, first_date: "2008-01-02", sessions: 2860, cadence: "hourly" };
    const simulation = SimulationSchema.parse({ schema_version: 1, name: "BENCH", spec: { kind: "edge", edge } });
    await saveSimulation(system.ports.artifacts, simulatedWorkspaceOf(LOCAL_OWNER), simulation, false);
  }
  await call("POST", "/models", model);
  await finish("/build_matrix", { pack_id, model_id });
} else {
  const body = { pack_id, model_id, ...JSON.parse(request) };
  const estimate = await call<{ seconds: number; variants: number }>("POST", "/sweeps/estimate", body);
  const started = performance.now();
  await finish("/sweeps", body);
  const seconds = (performance.now() - started) / 1000;
  const peakMb = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ estimated: estimate.seconds, variants: estimate.variants, seconds, peakMb })}\n`);
}
await system.close();
