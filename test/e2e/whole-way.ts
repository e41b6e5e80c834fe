import { createLocalApp } from "#infra/local/server.ts";
import type { World } from "./world.ts";

const PACK = "swingsigma";

type Answer = { readonly [key: string]: unknown };

/** From a model's YAML to a published model's signal on simulated data, each step asked for over the HTTP surface. */
export async function goTheWholeWay({ system }: World): Promise<Answer> {
  const app = createLocalApp(system, (error) => {
    throw error;
  });
  const ask = async (method: "GET" | "POST", path: string, body?: unknown): Promise<Answer> => {
    const response = await app.request(`/v1${path}`, {
      method,
      headers: { "content-type": "application/json", prefer: "wait", "x-sigma-workspace": "simulated" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Answer;
    const failed = answer["status"] !== undefined && method === "POST" && answer["error"] !== null && answer["error"] !== undefined;
    if (response.status >= 300 || failed) throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  };

  const { model_id } = await ask("POST", "/models", {
    pack_id: PACK,
    template_id: "swing_eq_daily",
    ticker: "SIMEDGE",
    data: { provider: "simulated", symbol: "SIMEDGE", seed: 1 },
    learner: { params: { trees: 20 } },
  });
  const model = { pack_id: PACK, model_id };
  await ask("POST", "/build_matrix", model);
  await ask("POST", "/backtest", model);
  await ask("POST", "/sweeps", { ...model, mode: "simple" });
  const { rows } = (await ask("GET", `/leaderboard?model_id=${String(model_id)}&limit=1`)) as unknown as { rows: readonly Answer[] };
  await ask("POST", "/train", { ...model, rows: [rows[0]!["row_id"]], research: true });
  const trained = (await ask("GET", "/trained_models")) as unknown as { rows: readonly Answer[] };
  const id = String(trained.rows[0]!["trained_model_id"]);
  await ask("POST", `/trained_models/${id}/publish`, { reason: "test" });
  await ask("POST", "/signals/run", { trained_model_id: id, as_of: "2019-12-31T21:00:00.000Z" });
  const signals = (await ask("GET", "/signals")) as unknown as { rows: readonly Answer[] };
  return signals.rows[0]!;
}
