import { createBuildComposition } from "#functions/build-composition/build-composition.ts";
import { createBuildMatrix } from "#functions/build-matrix/build-matrix.ts";
import { createCollectSweep } from "#functions/collect-sweep/collect-sweep.ts";
import { createEvaluateVariants } from "#functions/evaluate-variants/evaluate-variants.ts";
import { createFitFold } from "#functions/fit-fold/fit-fold.ts";
import { createPlanBacktest } from "#functions/plan-backtest/plan-backtest.ts";
import { createPlanCompositions } from "#functions/plan-compositions/plan-compositions.ts";
import { createPlanSweep } from "#functions/plan-sweep/plan-sweep.ts";
import { createPlanTraining } from "#functions/plan-training/plan-training.ts";
import { createPublishModel } from "#functions/publish-model/publish-model.ts";
import type { PlanResult } from "#functions/shared/make-plan.ts";
import { createTrainModel } from "#functions/train-model/train-model.ts";
import { readBuiltinPacks } from "#lib/adapters/local/builtin-packs.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import type { Bars, PriceSeries } from "#lib/core/bars.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { computeHere } from "#lib/indicators/plan.ts";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import { createMarketData } from "#lib/market-data/market-data-door.ts";
import { PlantedEdgeSchema } from "#lib/market-data/simulate/planted-edge.schema.ts";
import { simulatePlantedEdge } from "#lib/market-data/simulate/planted-edge.ts";
import { sliceToWindow } from "#lib/market-data/window.ts";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { planModel } from "#lib/models/create-model.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import type { BarsRequest } from "#lib/ports/market-data.ts";

export const OWNER = "lab-simulated";
export const MODEL = "simedge_eq_swing_daily";
const PACK = "swingsigma";
/** After every bar of the series. */
const NOW = Date.UTC(2026, 0, 2, 21);

const simulated = simulatePlantedEdge(
  "SIMEDGE",
  PlantedEdgeSchema.parse({ seed: 11, edge: 0.5, first_date: "2010-01-04", last_date: "2013-12-31" }),
).series;

/** The bars that had closed by a moment, as a series of its own: later ones do not exist. */
export function seriesUntil(end: number): PriceSeries {
  const { bars } = simulated;
  let length = bars.length;
  while (bars.end[length - 1]! > end) length -= 1;
  const cut = (column: Float64Array): Float64Array => column.slice(0, length);
  const { start, end: ends, open, high, low, close, volume, factor } = bars;
  const known: Bars = {
    ...bars,
    length,
    start: cut(start),
    end: cut(ends),
    open: cut(open),
    high: cut(high),
    low: cut(low),
    close: cut(close),
    volume: cut(volume),
    factor: cut(factor),
  };
  return { bars: known, facts: { ...simulated.facts, fingerprint: fingerprintOf(known) } };
}

export const SERIES = simulated;

const MODEL_REQUEST = {
  pack_id: PACK,
  template_id: "swing_eq_daily",
  model_id: MODEL,
  ticker: "SIMEDGE",
  data: { provider: "simulated", symbol: "SIMEDGE", seed: 11 },
  indicators: ["ret", "rsi", "natr", "zscore"],
  learner: { calibration: "none", params: { trees: 15, max_depth: 2 } },
} as const satisfies CreateModelRequest;

/** A system in memory over a short simulated series, with the real handlers, called in the order of the state machines. */
export async function createLab(options: { readonly owner?: string; readonly model?: Partial<CreateModelRequest> } = {}) {
  const owner = options.owner ?? OWNER;
  let now = NOW;
  let series = simulated;
  const clock = { now: () => now };
  const artifacts = createMemoryArtifactStore();
  const metadata = createMemoryMetadataStore({ clock });
  const asked: unknown[] = [];
  const ports = {
    artifacts,
    metadata,
    clock,
    builtinPacks: readBuiltinPacks(),
    codeVersion: "0.0.0+test",
    computeColumns: computeHere,
    marketData: {
      ...createMarketData([]),
      bars: async (request: BarsRequest) => {
        asked.push(request);
        return sliceToWindow(series, request.window);
      },
      offers: async () => [],
    },
  };
  const { resolved } = await createPackLibrary({ builtIn: ports.builtinPacks, artifacts, metadata: ports.metadata }).get(owner, PACK);
  await createModelStore(ports).create(owner, planModel({ ...MODEL_REQUEST, ...options.model }, resolved));

  const base = (runId: string) => ({ run_id: runId, owner });
  const ask = (runId: string, request: Readonly<Record<string, Json>>) => ({ ...base(runId), pack_id: PACK, model_id: MODEL, request });
  const fitFolds = async (runId: string, plan: PlanResult) => {
    for (const fold of plan.folds) await createFitFold(ports)({ ...base(runId), plan_key: plan.plan_key, fold });
  };

  return {
    owner,
    ports,
    asked,
    base,
    ask,
    setNow(at: number) {
      now = at;
    },
    setSeries(to: PriceSeries) {
      series = to;
    },
    build: (request: Readonly<Record<string, Json>> = {}) => createBuildMatrix(ports)(ask("build_1", request)),
    planBacktest: (request: Readonly<Record<string, Json>> = {}, runId = "backtest_1") => createPlanBacktest(ports)(ask(runId, request)),
    planSweep: (request: Readonly<Record<string, Json>> = {}, runId = "sweep_1") => createPlanSweep(ports)(ask(runId, request)),
    fitFolds,
    /** A sweep over compositions: their matrices first. */
    async composedSweep(request: Readonly<Record<string, Json>>, runId = "sweep_1") {
      const { compositions } = await createPlanCompositions(ports)(ask(runId, request));
      const built = [];
      for (const composition of compositions) built.push(await createBuildComposition(ports)({ ...ask(runId, request), composition }));
      return { compositions, built, ...(await this.sweep(request, runId)) };
    },
    async sweep(request: Readonly<Record<string, Json>> = { mode: "simple" }, runId = "sweep_1") {
      const plan = await createPlanSweep(ports)(ask(runId, request));
      await fitFolds(runId, plan);
      const evaluate = createEvaluateVariants(ports);
      for (const batch of plan.batches) await evaluate({ ...base(runId), plan_key: plan.plan_key, batch });
      return { plan, result: await createCollectSweep(ports)({ ...base(runId), plan_key: plan.plan_key }) };
    },
    async train(request: Readonly<Record<string, Json>> = {}, runId = "train_1") {
      const { training_key, rows } = await createPlanTraining(ports)(ask(runId, request));
      const trained = [];
      for (const row of rows) trained.push(await createTrainModel(ports)({ ...base(runId), training_key, row }));
      return { training_key, rows, trained };
    },
    publish: (trainedId: string, action = "publish", runId = "publish_1") =>
      createPublishModel(ports)({ ...base(runId), trained_model_id: trainedId, request: { action, by: owner, reason: "test" } }),
  };
}
