import { loadModelContext } from "#functions/shared/model-context.ts";
import { requestModelRun } from "#functions/shared/request-run.ts";
import { awaitRun } from "#infra/local/await-run.ts";
import type { LocalSystem } from "#infra/local/local-system.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { queryRows, readRow } from "#lib/leaderboard/leaderboard-store.ts";
import type { LeaderboardRow } from "#lib/leaderboard/rows.schema.ts";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { planModel } from "#lib/models/create-model.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import type { TrainedModel } from "#lib/publishing/trained-model.schema.ts";
import { readTrainedModel } from "#lib/publishing/trained-model-store.ts";
import type { RunEvent } from "#lib/runs/run-record.schema.ts";
import { startRun } from "#lib/runs/start-run.ts";
import type { Signal } from "#lib/signals/signal.schema.ts";
import { readSignal, signalIdOf } from "#lib/signals/signal-store.ts";
import type { SweepRecord } from "#lib/sweeps/sweep-record.schema.ts";
import { readSweep } from "#lib/sweeps/sweep-store.ts";

/** Told of every step of every run, with the name of the stage it belongs to. */
export type OnStep = (stage: string, event: RunEvent) => void;

export interface JourneyRequest {
  readonly owner: string;
  readonly model: CreateModelRequest & { readonly model_id: string };
  /** Train whatever the gate says: for the model that does not pass. */
  readonly research: boolean;
}

export interface Journey {
  readonly modelId: string;
  readonly matrix: Record<string, Json>;
  readonly backtest: Record<string, Json>;
  readonly sweep: SweepRecord;
  readonly rows: readonly LeaderboardRow[];
  readonly trained: TrainedModel;
  readonly signal: Signal;
  /** What was planted in a simulated series; null for real data. */
  readonly statement: string | null;
}

/** One model from its YAML to a published signal, each stage through its state machine. */
export async function takeJourney(system: LocalSystem, { owner, model, research }: JourneyRequest, onStep: OnStep): Promise<Journey> {
  const ports = { ...system.ports, workflow: system.workflow };
  const packs = createPackLibrary({ builtIn: ports.builtinPacks, artifacts: ports.artifacts, metadata: ports.metadata });
  const { resolved } = await packs.get(owner, model.pack_id);
  await createModelStore(ports).create(owner, planModel(model, resolved));

  const modelId = model.model_id;
  const run = async (
    stage: string,
    machine: "build" | "backtest" | "sweep" | "train",
    request: Record<string, Json>,
  ): Promise<Record<string, Json>> => {
    const started = await requestModelRun(ports, { owner, machine, packId: model.pack_id, modelId, tag: "demo", request });
    const ended = await awaitRun(system, owner, started.run.run_id, (event) => onStep(stage, event));
    return ended.outputs as Record<string, Json>;
  };

  const { matrix } = await run("build", "build", {});
  const { backtest } = await run("backtest", "backtest", { tag: "demo" });
  const swept = await run("sweep", "sweep", { mode: "simple", tag: "demo" });
  const sweep = await readSweep(ports.metadata, owner, String((swept["sweep"] as Record<string, Json>)["sweep_id"]));
  const { rows } = await queryRows(ports.metadata, owner, { sweep_id: sweep.sweep_id, sort: "score" }, { limit: 200 });
  const best = await readRow(ports.metadata, owner, sweep.best_rows[0]!);
  const training = await run("train", "train", { rows: [best.row_id], research, tag: "demo" });
  const trainedId = (training["trained"] as unknown as readonly { readonly trained_model_id: string }[])[0]!.trained_model_id;

  const published = await startRun(ports, {
    owner,
    machine: "publish",
    packId: model.pack_id,
    modelId,
    tag: "demo",
    codeVersion: ports.codeVersion,
    input: { trained_model_id: trainedId, request: { action: "publish", by: owner, reason: "The demo publishes to paper." } },
  });
  await awaitRun(system, owner, published.run.run_id, (event) => onStep("publish", event));

  const { bars, facts } = (await loadModelContext(ports, owner, model.pack_id, modelId)).data[0]!.series;
  const asOf = new Date(bars.end[bars.length - 1]!).toISOString();
  const ticked = await startRun(ports, {
    owner,
    machine: "signals",
    packId: model.pack_id,
    modelId,
    tag: "demo",
    codeVersion: ports.codeVersion,
    input: { tick: asOf, request: { as_of: asOf, trained_model_id: trainedId, scope: "owner" } },
  });
  await awaitRun(system, owner, ticked.run.run_id, (event) => onStep("signals", event));
  const signal = await readSignal(ports.metadata, owner, signalIdOf(trainedId, asOf));
  const { model: trained } = await readTrainedModel(ports.metadata, owner, trainedId);
  return {
    modelId,
    matrix: matrix as Record<string, Json>,
    backtest: backtest as Record<string, Json>,
    sweep,
    rows,
    trained,
    signal,
    statement: facts.simulation?.statement ?? null,
  };
}
