import { readdirSync, readFileSync } from "node:fs";
import { createBuildComposition } from "#functions/build-composition/build-composition.ts";
import { createBuildMatrix } from "#functions/build-matrix/build-matrix.ts";
import { createCollectSweep } from "#functions/collect-sweep/collect-sweep.ts";
import { createEvaluateVariants } from "#functions/evaluate-variants/evaluate-variants.ts";
import { createFitFold } from "#functions/fit-fold/fit-fold.ts";
import { createPlanBacktest } from "#functions/plan-backtest/plan-backtest.ts";
import { createPlanCompositions } from "#functions/plan-compositions/plan-compositions.ts";
import { createPlanSweep } from "#functions/plan-sweep/plan-sweep.ts";
import { createPlanTraining } from "#functions/plan-training/plan-training.ts";
import { createPreviewMatrix } from "#functions/preview-matrix/preview-matrix.ts";
import { createPublishModel } from "#functions/publish-model/publish-model.ts";
import { createRunBacktest } from "#functions/run-backtest/run-backtest.ts";
import { createScoreModel } from "#functions/score-model/score-model.ts";
import type { PlanResult } from "#functions/shared/make-plan.ts";
import type { StepPorts } from "#functions/shared/ports.ts";
import { createTrainModel } from "#functions/train-model/train-model.ts";
import { readSampleData } from "#infra/local/sample-data.ts";
import { readBuiltinPacks } from "#lib/adapters/local/builtin-packs.ts";
import { createLocalMarketData } from "#lib/adapters/local/market-data.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import type { BacktestReport } from "#lib/backtest/report.schema.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import { computeHere } from "#lib/indicators/plan.ts";
import { MarketSchema } from "#lib/market-data/simulate/market/market.schema.ts";
import { saveSimulation } from "#lib/market-data/simulate/simulation-store.ts";
import type { UniverseMember } from "#lib/market-data/universe.schema.ts";
import { checkedUniverse } from "#lib/market-data/universe.ts";
import { importUniverse } from "#lib/market-data/universe-store.ts";
import { loadMatrix } from "#lib/matrix/load-matrix.ts";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { planModel } from "#lib/models/create-model.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { workspacePrefix } from "#lib/packs/workspace.ts";

export const OWNER = "lab-simulated";
export const PACK = "labpack";
const FOLDER = new URL("../fixtures/packs/labpack/", import.meta.url);
/** After every bar of the simulated markets. */
const NOW = Date.UTC(2026, 0, 2, 21);

/** The documents of the test pack by path; its menu is every indicator there is. */
export function labPackTexts(): Record<string, string> {
  const menu = [...INDICATORS.keys()].map((name) => `  - { name: ${name}, timeframe: bar }`).join("\n");
  const paths = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".yaml"));
  return Object.fromEntries(
    paths.map((path) => {
      const text = readFileSync(new URL(path, FOLDER), "utf8");
      return [`${PACK}/${path.replaceAll("\\", "/")}`, path === "pack.yaml" ? `${text}\nindicators:\n${menu}\n` : text];
    }),
  );
}

/** An asynchronous function that answers an equal request with what it answered before. */
function remembered<Q, A>(ask: (request: Q) => Promise<A>): (request: Q) => Promise<A> {
  const answers = new Map<string, Promise<A>>();
  return (request) => {
    const key = JSON.stringify(request);
    const answer = answers.get(key) ?? ask(request);
    answers.set(key, answer);
    return answer;
  };
}

/**
 * A system in memory with the real handlers, the real providers, and a user's own pack that offers everything. The market
 * `SIM:LAB` is short, so that intraday bars are quickly drawn.
 */
export async function createPackLab() {
  const clock = { now: () => NOW };
  const artifacts = createMemoryArtifactStore();
  const metadata = createMemoryMetadataStore({ clock });
  const marketData = createLocalMarketData({ artifacts, sample: readSampleData });
  // Tapes and chains take their time to draw, and every build asks for the same months of them.
  const optionTape = remembered(marketData.optionTape);
  const optionChains = remembered(marketData.optionChains);
  const ports = {
    artifacts,
    metadata,
    clock,
    builtinPacks: readBuiltinPacks(),
    codeVersion: "0.0.0+test",
    computeColumns: computeHere,
    marketData: { ...marketData, optionTape, optionChains },
  };
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  for (const [path, text] of Object.entries(labPackTexts()))
    await artifacts.put(`${workspacePrefix(OWNER)}/${path}`, encode(text), "absent");
  const market = MarketSchema.parse({
    first_date: "2023-06-01",
    last_date: "2024-03-28",
    seed: 5,
    start_price: 60,
    options: { strikes_per_side: 5, same_day_volume: 8000 },
  });
  await saveSimulation(artifacts, OWNER, { schema_version: 1, name: "LAB", spec: { kind: "market", market } }, false);
  const { resolved } = await createPackLibrary({ builtIn: ports.builtinPacks, artifacts, metadata: ports.metadata }).get(OWNER, PACK);
  const ask = (modelId: string, request: Readonly<Record<string, Json>> = {}) => ({
    run_id: "build_1",
    owner: OWNER,
    pack_id: PACK,
    model_id: modelId,
    request,
  });
  const base = (run_id: string) => ({ run_id, owner: OWNER });
  /** Fits what a plan asks for. */
  const fitFolds = async (run_id: string, { plan_key, folds }: PlanResult) => {
    for (const fold of folds) await createFitFold(ports)({ ...base(run_id), plan_key, fold });
  };
  return {
    ports,
    resolved,
    async backtest(modelId: string, request: Readonly<Record<string, Json>> = {}) {
      const plan = await createPlanBacktest(ports)(ask(modelId, request));
      await fitFolds("backtest_1", plan);
      const result = await createRunBacktest(ports)({ ...base("backtest_1"), plan_key: plan.plan_key });
      const { bytes } = await artifacts.get(result.report_key);
      return { plan, result, report: JSON.parse(new TextDecoder().decode(bytes)) as BacktestReport };
    },
    /** Trains a baseline, publishes it to paper and scores it once. */
    async score(modelId: string) {
      const { training_key, rows } = await createPlanTraining(ports)(ask(modelId));
      const { trained_model_id } = await createTrainModel(ports)({ ...base("train_1"), training_key, row: rows[0]! });
      const request = { action: "publish" as const, by: OWNER, reason: "test" };
      await createPublishModel(ports)({ ...base("publish_1"), trained_model_id, request });
      return createScoreModel(ports)({ run_id: "signals_1", model: { owner: OWNER, trained_model_id, as_of: null } });
    },
    async sweep(modelId: string, request: Readonly<Record<string, Json>>) {
      const plan = await createPlanSweep(ports)(ask(modelId, request));
      await fitFolds("sweep_1", plan);
      for (const batch of plan.batches) await createEvaluateVariants(ports)({ ...base("sweep_1"), plan_key: plan.plan_key, batch });
      return createCollectSweep(ports)({ ...base("sweep_1"), plan_key: plan.plan_key });
    },
    create: async (request: Omit<CreateModelRequest, "pack_id">) => {
      const plan = planModel({ pack_id: PACK, ...request }, resolved);
      await createModelStore(ports).create(OWNER, plan);
      return plan.resolved;
    },
    build: (modelId: string, request: Readonly<Record<string, Json>> = {}, on: StepPorts = ports) =>
      createBuildMatrix(on)(ask(modelId, request)),
    preview: (modelId: string, sessions = 2) => createPreviewMatrix(ports)(OWNER, { pack_id: PACK, model_id: modelId, sessions }),
    planBacktest: (modelId: string) => createPlanBacktest(ports)(ask(modelId)),
    planSweep: (modelId: string) => createPlanSweep(ports)(ask(modelId, { mode: "simple" })),
    /** Plans a sweep over compositions, whose matrices it builds first. */
    planComposedSweep: async (modelId: string, request: Readonly<Record<string, Json>>) => {
      const { compositions } = await createPlanCompositions(ports)(ask(modelId, request));
      for (const composition of compositions) await createBuildComposition(ports)({ ...ask(modelId, request), composition });
      return createPlanSweep(ports)(ask(modelId, request));
    },
    planTraining: (modelId: string) => createPlanTraining(ports)(ask(modelId)),
    importUniverse: (name: string, members: readonly UniverseMember[]) => {
      const placed = members.map((member, i) => ({ member, place: `member ${i + 1}` }));
      return importUniverse(artifacts, OWNER, checkedUniverse(name, placed, { name: "test", sha256: "0".repeat(64) }));
    },
    matrix: (prefix: string, sha: string) => loadMatrix(artifacts, prefix, sha),
    /** Removes what builds stored; data and definitions stay. */
    emptyMatrices: async () => {
      for (const prefix of ["matrices/", `owners/${OWNER}/matrices/`])
        for (const key of (await artifacts.list(prefix, { limit: 1000 })).keys) await artifacts.remove(key);
    },
  };
}
