import { createBuildMatrix } from "#functions/build-matrix/build-matrix.ts";
import { createFitFold } from "#functions/fit-fold/fit-fold.ts";
import { createPlanBacktest } from "#functions/plan-backtest/plan-backtest.ts";
import { createPlanTraining } from "#functions/plan-training/plan-training.ts";
import { createPublishModel } from "#functions/publish-model/publish-model.ts";
import { createRunBacktest } from "#functions/run-backtest/run-backtest.ts";
import { createScoreModel } from "#functions/score-model/score-model.ts";
import { createTrainModel } from "#functions/train-model/train-model.ts";
import { readSampleData } from "#infra/local/sample-data.ts";
import { readBuiltinPacks } from "#lib/adapters/local/builtin-packs.ts";
import { createLocalMarketData } from "#lib/adapters/local/market-data.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { type BacktestReport, BacktestReportSchema } from "#lib/backtest/report.schema.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { computeHere } from "#lib/indicators/plan.ts";
import { loadMatrix } from "#lib/matrix/load-matrix.ts";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { planModel } from "#lib/models/create-model.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { readSignal } from "#lib/signals/signal-store.ts";

const OWNER = "library-simulated";
/** After every bar of the sample and of the simulated market. */
const NOW = Date.UTC(2026, 0, 2, 21);

/** Chains are asked for month by month: as many as the models of one cadence have, a few megabytes each. */
const CHAIN_MONTHS = 24;

/** An asynchronous function that answers an equal request with what it answered before, the last `most` of them. */
function remembered<Q, A>(ask: (request: Q) => Promise<A>, most: number): (request: Q) => Promise<A> {
  const answers = new Map<string, Promise<A>>();
  return (request) => {
    const key = JSON.stringify(request);
    const answer = answers.get(key) ?? ask(request);
    answers.delete(key);
    answers.set(key, answer);
    const [oldest] = answers.keys();
    if (answers.size > most) answers.delete(oldest!);
    return answer;
  };
}

/** A system in memory with the built-in packs, the real handlers and the real providers. */
export function createLibraryLab() {
  const clock = { now: () => NOW };
  const artifacts = createMemoryArtifactStore();
  const metadata = createMemoryMetadataStore({ clock });
  const marketData = createLocalMarketData({ artifacts, sample: readSampleData });
  const ports = {
    artifacts,
    metadata,
    clock,
    builtinPacks: readBuiltinPacks(),
    codeVersion: "0.0.0+test",
    computeColumns: computeHere,
    marketData: {
      ...marketData,
      // Fifteen years of 15-minute bars take ten seconds to draw, and each step of each model asks for all of them.
      bars: remembered(marketData.bars, 12),
      // A session's contracts take a tenth of a second to draw, and every model of the same market asks for the same sessions.
      optionBars: remembered(marketData.optionBars, 400),
      optionChains: remembered(marketData.optionChains, CHAIN_MONTHS),
    },
  };
  const library = createPackLibrary({ builtIn: ports.builtinPacks, artifacts, metadata: ports.metadata });
  const base = (run_id: string) => ({ run_id, owner: OWNER });
  const ask = (run_id: string, pack_id: string, model_id: string, request: Readonly<Record<string, Json>> = {}) => ({
    ...base(run_id),
    pack_id,
    model_id,
    request,
  });

  return {
    async create(request: CreateModelRequest) {
      const { resolved } = await library.get(OWNER, request.pack_id);
      const plan = planModel(request, resolved);
      await createModelStore(ports).create(OWNER, plan);
      return plan;
    },
    async build(packId: string, modelId: string, window: { readonly start: string | null; readonly end: string | null }) {
      const built = await createBuildMatrix(ports)(ask("build_1", packId, modelId, window));
      const { matrix } = await loadMatrix(artifacts, built.prefix, built.matrix_sha);
      return { built, matrix };
    },
    async backtest(packId: string, modelId: string, request: Readonly<Record<string, Json>>) {
      const plan = await createPlanBacktest(ports)(ask("backtest_1", packId, modelId, request));
      for (const fold of plan.folds) await createFitFold(ports)({ ...base("backtest_1"), plan_key: plan.plan_key, fold });
      const result = await createRunBacktest(ports)({ ...base("backtest_1"), plan_key: plan.plan_key });
      const { bytes } = await artifacts.get(result.report_key);
      const report: BacktestReport = BacktestReportSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
      return { result, report };
    },
    /** Trains a backtest's row for research, whatever the gate said, publishes it to paper, and scores it once as of a moment. */
    async signal(packId: string, modelId: string, row: string, asOf: number) {
      const { training_key, rows } = await createPlanTraining(ports)(ask("train_1", packId, modelId, { rows: [row], research: true }));
      const { trained_model_id } = await createTrainModel(ports)({ ...base("train_1"), training_key, row: rows[0]! });
      const request = { action: "publish" as const, by: OWNER, reason: "test" };
      await createPublishModel(ports)({ ...base("publish_1"), trained_model_id, request });
      const told = await createScoreModel(ports)({
        run_id: "signals_1",
        model: { owner: OWNER, trained_model_id, as_of: new Date(asOf).toISOString() },
      });
      if (told.failed !== null) throw new Error(`Scoring failed: ${JSON.stringify(told.failed)}`);
      return readSignal(metadata, OWNER, told.signal_key!.signal_id);
    },
  };
}
