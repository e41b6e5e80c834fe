import { createSigmaClient } from "#client/sigma-client.ts";
import { BRACKETS, CONTRACTS } from "./kinds-home.ts";

/** Ids of what the demo left in one workspace, for the paths of pages. */
export interface World {
  readonly packId: string;
  readonly modelId: string;
  readonly sweepId: string;
  readonly sweepRunId: string;
  readonly backtestRunId: string;
  readonly trainedModelId: string;
  readonly signalId: string;
  /** Of the best rows of the leaderboard, best first. */
  readonly rowIds: readonly string[];
}

/** Reads them from a server over a home after the demo. */
export async function readWorld(url: string, workspace?: "simulated"): Promise<World> {
  const client = createSigmaClient({ baseUrl: url, workspace });
  const [runs, sweeps, rows, trained, signals] = await Promise.all([
    client.call("GET /runs", { query: { limit: 50 } }),
    client.call("GET /sweeps", {}),
    client.call("GET /leaderboard", { query: { limit: 5 } }),
    client.call("GET /trained_models", {}),
    client.call("GET /signals", {}),
  ]);
  const runOf = (machine: string): string =>
    found(
      machine,
      runs.rows.find((run) => run.machine === machine),
    ).run_id;
  const model = found("row", rows.rows[0]);
  return {
    packId: found("pack", runs.rows.find((run) => run.pack_id !== null)?.pack_id),
    modelId: model.model_id,
    sweepId: found("sweep", sweeps.rows[0]).sweep_id,
    sweepRunId: runOf("sweep"),
    backtestRunId: runOf("backtest"),
    trainedModelId: found("trained model", trained.rows[0]).trained_model_id,
    signalId: found("signal", signals.rows[0]).signal_id,
    rowIds: rows.rows.map(({ row_id }) => row_id),
  };
}

/** A model with what its backtest left. */
export interface Kind {
  readonly packId: string;
  readonly modelId: string;
  readonly runId: string;
  readonly rowId: string;
}

/** Ids of what stands in a home of models of other kinds than the demo's. */
export interface Kinds {
  readonly brackets: Kind;
  readonly contracts: Kind & { readonly trainedModelId: string; readonly signalId: string };
}

/** Reads them from a server over such a home. */
export async function readKinds(url: string): Promise<Kinds> {
  const client = createSigmaClient({ baseUrl: url, workspace: "simulated" });
  const kindOf = async ({ pack_id, model_id }: typeof BRACKETS | typeof CONTRACTS): Promise<Kind> => {
    const [runs, rows] = await Promise.all([
      client.call("GET /runs", { query: { model_id, machine: "backtest" } }),
      client.call("GET /leaderboard", { query: { model_id } }),
    ]);
    const runId = found("backtest", runs.rows[0]).run_id;
    return { packId: pack_id, modelId: model_id, runId, rowId: found("row", rows.rows[0]).row_id };
  };
  const [brackets, contracts, trained, signals] = await Promise.all([
    kindOf(BRACKETS),
    kindOf(CONTRACTS),
    client.call("GET /trained_models", {}),
    client.call("GET /signals", {}),
  ]);
  const trainedModelId = found("trained model", trained.rows[0]).trained_model_id;
  return { brackets, contracts: { ...contracts, trainedModelId, signalId: found("signal", signals.rows[0]).signal_id } };
}

function found<T>(what: string, value: T | null | undefined): T {
  if (value === undefined || value === null) throw new Error(`The demo left no ${what}.`);
  return value;
}
