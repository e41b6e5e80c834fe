import { LOCAL_OWNER } from "#functions/api/owner.ts";
import { createLocalSystem, type LocalSystem } from "#infra/local/local-system.ts";
import { createLocalApp, startLocalServer } from "#infra/local/server.ts";
import { createRng } from "#lib/core/rng.ts";
import { addRows, queryRows } from "#lib/leaderboard/leaderboard-store.ts";
import { LeaderboardFilterSchema } from "#lib/leaderboard/rows.schema.ts";
import { latenciesOf, type Requests } from "./latencies.ts";

/**
 * Child of the API workloads, on a home of its own. `fill` makes a model, a sweep and 100,000 rows out of the sweep's; `ask`
 * times requests inside this process; `serve` listens on a free port until its input ends.
 */
const [step, home] = process.argv.slice(2) as [string, string];

const ROWS = 100_000;
const MODEL = {
  pack_id: "swingsigma",
  model_id: "bench_api",
  template_id: "swing_eq_daily_close",
  ticker: "SPX",
  data: { provider: "sample", symbol: "SPX" },
};

const system = await createLocalSystem({ home, alerts: { deliver: async () => {} } });
if (step === "fill") await fill(system);
else if (step === "ask") process.stdout.write(`${JSON.stringify(await ask(system))}\n`);
else await serve(system);
await system.close();

/** Requests to the app as the server and the command line hold it, without a socket. */
function requestsOf(local: LocalSystem): Requests {
  const app = createLocalApp(local);
  return async (method, path, body) => {
    const headers = { "content-type": "application/json" };
    return await app.request(`/v1${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  };
}

async function fill(local: LocalSystem): Promise<void> {
  const request = requestsOf(local);
  const done = async (path: string, body: object): Promise<void> => {
    const started = await request("POST", path, body);
    let run = (await started.json()) as { run_id: string; status: string };
    if (!started.ok) throw new Error(`POST ${path}: ${JSON.stringify(run)}`);
    while (run.status === "running") {
      await new Promise((settle) => setTimeout(settle, 50));
      run = (await (await request("GET", `/runs/${run.run_id}`)).json()) as typeof run;
    }
    if (run.status !== "succeeded") throw new Error(`${path} ended as ${run.status}.`);
  };
  await (await request("POST", "/models", MODEL)).json();
  const { pack_id, model_id } = MODEL;
  await done("/build_matrix", { pack_id, model_id });
  await done("/sweeps", { pack_id, model_id, mode: "simple" });
  const { metadata } = local.ports;
  const { rows } = await queryRows(metadata, LOCAL_OWNER, LeaderboardFilterSchema.parse({}), { limit: 100 });
  const rng = createRng("rows");
  for (let at = rows.length; at < ROWS; at += 1000) {
    const part = Array.from({ length: Math.min(1000, ROWS - at) }, (_, i) => {
      const row = rows[(at + i) % rows.length]!;
      const hex = (at + i).toString(16).padStart(16, "0");
      return { ...row, row_id: `${row.row_id.slice(0, 17)}${hex}`, variant_id: hex, score: rng.uniform() - 0.5 };
    });
    await addRows(metadata, LOCAL_OWNER, part);
  }
}

async function ask(local: LocalSystem) {
  return await latenciesOf(requestsOf(local), "in process", 1);
}

async function serve(local: LocalSystem): Promise<void> {
  const server = await startLocalServer(local, { port: 0 });
  process.stdout.write(`${server.port}\n`);
  process.stdin.resume();
  await new Promise((ended) => process.stdin.on("end", ended));
  await server.close();
}
