import { join } from "node:path";
import { createSigmaClient } from "#client/sigma-client.ts";
import { keptHome, type ScratchHome } from "./demo-home.ts";
import { startApp } from "./local-app.ts";

const DATA = { provider: "simulated", symbol: "SIMMKT" } as const;

/** Hourly bars of a stock, with a stop and a target on every position. */
export const BRACKETS = { pack_id: "swingsigma", model_id: "simmkt_eq_swing_hourly_brackets" } as const;
/** Contracts that expire today, chosen from simulated chains by the flow in them. */
export const CONTRACTS = { pack_id: "zerosigma", model_id: "simmkt_opt_0dte_hourly_flow" } as const;

const MODELS = [
  {
    ...BRACKETS,
    template_id: "swing_eq_hourly",
    ticker: "SIMMKT",
    data: DATA,
    window: { start: "2024-09-16", end: null },
    label: { kind: "forward_return", horizon: 14, entry: "next_open", band: { kind: "none" } },
    policy: { execution: { brackets: { enabled: true, mode: "atr", atr_mult_stop: 1.5, atr_mult_target: 3, time_stop_minutes: null } } },
  },
  {
    ...CONTRACTS,
    template_id: "hourly_next_hour",
    ticker: "SIMMKT",
    data: DATA,
    window: { start: "2024-10-21", end: null },
  },
] as const;

/** Fair prices have nothing to find: low thresholds and raw scores let the models trade all the same. */
const BACKTEST = {
  threshold_mode: "edge",
  thresholds: [0.01],
  calibration: "none",
  splits: { kind: "walk_forward", splits: 2 },
  robustness: "none",
} as const;

/** A home whose SIMULATED workspace has models of other kinds than the demo's, each with a backtest; the options model is on paper and has spoken. */
export const kindsHome = (): Promise<ScratchHome> => keptHome([join(import.meta.dirname, "kinds-home.ts")], fill);

async function fill(home: string): Promise<void> {
  const app = await startApp(home);
  try {
    const client = createSigmaClient({ baseUrl: app.url, workspace: "simulated" });
    let rows: readonly string[] = [];
    for (const model of MODELS) {
      const { pack_id, model_id } = await client.call("POST /models", { body: model as never });
      const built = await client.call("POST /build_matrix", { body: { pack_id, model_id } });
      await client.finished(built.run_id);
      const { run_id } = await client.call("POST /backtest", { body: { pack_id, model_id, ...BACKTEST } });
      const { outputs } = await client.finished(run_id);
      rows = (outputs as unknown as { readonly backtest: { readonly best_rows: readonly string[] } }).backtest.best_rows;
    }
    const training = await client.call("POST /train", { body: { ...CONTRACTS, rows: rows.slice(0, 1), research: true } as never });
    await client.finished(training.run_id);
    const { trained_model_id } = (await client.call("GET /trained_models", {})).rows[0]!;
    const published = await client.call("POST /trained_models/{trained_model_id}/{action}", {
      params: { trained_model_id, action: "publish" },
    });
    await client.finished((published as { readonly run_id: string }).run_id);
    await client.call("POST /signals/run", { body: { as_of: "2024-12-30T20:00:00.000Z" }, waitSeconds: 20 });
  } finally {
    await app.stop();
  }
}
