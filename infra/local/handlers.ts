import type { StepPorts } from "#functions/shared/ports.ts";
import { FUNCTIONS, type FunctionName } from "../manifest.ts";

/** A handler's factory: ports in, `event -> result` out. */
export type HandlerFactory = (ports: StepPorts) => (event: unknown) => Promise<unknown>;

/** The steps that run on ports alone. Loaded when first called, so that a thread pays only for what it runs. */
const STEP_FACTORIES: Partial<Record<FunctionName, () => Promise<HandlerFactory>>> = {
  "build-matrix": async () => (await import("#functions/build-matrix/build-matrix.ts")).createBuildMatrix,
  "plan-backtest": async () => (await import("#functions/plan-backtest/plan-backtest.ts")).createPlanBacktest,
  "plan-compositions": async () => (await import("#functions/plan-compositions/plan-compositions.ts")).createPlanCompositions,
  "build-composition": async () => (await import("#functions/build-composition/build-composition.ts")).createBuildComposition,
  "plan-sweep": async () => (await import("#functions/plan-sweep/plan-sweep.ts")).createPlanSweep,
  "fit-fold": async () => (await import("#functions/fit-fold/fit-fold.ts")).createFitFold,
  "run-backtest": async () => (await import("#functions/run-backtest/run-backtest.ts")).createRunBacktest,
  "evaluate-variants": async () => (await import("#functions/evaluate-variants/evaluate-variants.ts")).createEvaluateVariants,
  "collect-sweep": async () => (await import("#functions/collect-sweep/collect-sweep.ts")).createCollectSweep,
  "calibrate-model": async () => (await import("#functions/calibrate-model/calibrate-model.ts")).createCalibrateModel,
  "plan-training": async () => (await import("#functions/plan-training/plan-training.ts")).createPlanTraining,
  "train-model": async () => (await import("#functions/train-model/train-model.ts")).createTrainModel,
  "publish-model": async () => (await import("#functions/publish-model/publish-model.ts")).createPublishModel,
  "plan-rebuild": async () => (await import("#functions/plan-rebuild/plan-rebuild.ts")).createPlanRebuild,
  "plan-volatility": async () => (await import("#functions/plan-volatility/plan-volatility.ts")).createPlanVolatility,
  "record-volatility": async () => (await import("#functions/record-volatility/record-volatility.ts")).createRecordVolatility,
  "plan-signals": async () => (await import("#functions/plan-signals/plan-signals.ts")).createPlanSignals,
  "score-model": async () => (await import("#functions/score-model/score-model.ts")).createScoreModel,
  "record-failure": async () => (await import("#functions/record-failure/record-failure.ts")).createRecordFailure,
};

/** Names of the functions whose factory needs step ports only. */
export const STEP_NAMES = Object.keys(STEP_FACTORIES) as FunctionName[];

/** @throws TypeError for a name that is no step: the caller's table and this one disagree */
export async function loadHandler(name: string): Promise<HandlerFactory> {
  const load = Object.hasOwn(FUNCTIONS, name) ? STEP_FACTORIES[name as FunctionName] : undefined;
  if (!load) throw new TypeError(`No step handler "${name}".`);
  return load();
}
