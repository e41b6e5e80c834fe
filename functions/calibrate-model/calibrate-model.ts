import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import { viewUntil } from "#lib/backtest/holdout.ts";
import { ledgerStartRow } from "#lib/backtest/outer-folds.ts";
import { type Splits, SplitsSchema } from "#lib/backtest/splits.schema.ts";
import { canonicalJson } from "#lib/core/canonical-json.ts";
import { formatDate } from "#lib/core/time.ts";
import { parseOr } from "#lib/errors/parse.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { type CalibrateRequest, CalibrateRequestSchema, type Calibration } from "#lib/sweeps/calibrate.schema.ts";
import { bestCandidate, hourMap, shrunkHour } from "#lib/sweeps/calibrate.ts";
import { lineageKey } from "#lib/sweeps/ledger.ts";
import { readLedger, writeTrials } from "#lib/sweeps/ledger-store.ts";
import { ledgerRange, loadDevelopment, reportPath } from "../shared/evaluation-plan.ts";
import { planModel } from "../shared/make-plan.ts";
import { loadBuiltContext } from "../shared/model-context.ts";
import type { StepPorts } from "../shared/ports.ts";
import { defineStep, ModelStepInputSchema } from "../shared/step.ts";
import { loadDevelopmentContracts } from "../shared/stored-contract-tape.ts";
import { tradedName } from "../shared/traded-name.ts";
import { candidatesOf } from "./candidates.ts";
import type { Tried } from "./try-candidates.ts";

/**
 * State `CalibrateModel`: chooses thresholds or brackets on inner purged folds of the rows before the first walk-forward test
 * block. No row that a backtest tests, and none of the holdout, is in the arrays that it works on. All that it tries counts
 * as a trial of the model's lineage.
 */
export const createCalibrateModel = defineStep({
  name: "CalibrateModel",
  input: ModelStepInputSchema,
  run: async (ports: StepPorts, { owner, pack_id, model_id, request: asked }) => {
    const request = parseOr("INVALID_PARAM", CalibrateRequestSchema, { ...asked, pack_id, model_id }, "The calibration request");
    const context = await loadBuiltContext(ports, owner, pack_id, model_id);
    const splits = SplitsSchema.parse({});
    const { plan, planKey } = await planModel(ports, context, {
      kind: "backtest",
      tag: request.tag ?? null,
      request: JSON.parse(JSON.stringify(request)),
      splits,
      tradesEarlyRows: true,
      variants: (development, config) =>
        candidatesOf(request, config, entryHoursOf(trainingView(development, splits), config.allowed_hours)),
    });
    const development = await loadDevelopment(ports.artifacts, plan);
    const matrix = trainingView(development, splits);
    // Fitting and trading are most of the code, and what is refused above needs none of it.
    const { tryAll } = await import("./try-candidates.ts");
    const tried = tryAll(plan, matrix, await loadDevelopmentContracts(ports.artifacts, plan, matrix));
    const range = ledgerRange(development, splits);
    const key = lineageKey({ modelId: model_id, symbol: tradedName(plan.config.data), cadence: plan.config.cadence, ...range });
    const before = await readLedger(ports.metadata, owner, key);
    const { ledger } = tried.significance.finish(before);
    await writeTrials(ports.metadata, owner, before, ledger);

    const calibration = recommend(request, tried, {
      plan,
      planKey,
      matrix,
      trials: ledger.trials.length,
      added: ledger.trials.length - before.trials.length,
    });
    const report = reportPath(plan, planKey, "calibration.json");
    await ports.artifacts.put(report, new TextEncoder().encode(canonicalJson({ ...calibration, trials: null, added_trials: null })), "any");
    const { candidates, ...summary } = calibration;
    return { ...summary, candidates: candidates.length, report_key: report };
  },
  expected: () => 1,
  message: ({ kind, candidates, threshold, brackets, trials }) =>
    `${candidates} candidates tried on inner folds, ${trials} trials so far; ${
      kind === "thresholds" ? `threshold ${threshold ?? "none"}` : brackets === null ? "no brackets" : "brackets chosen"
    }`,
});

/** The rows before the first walk-forward test block, as if there were no others. */
const trainingView = (development: Matrix, splits: Splits): Matrix => viewUntil(development, ledgerStartRow(development, splits));

/** Hours of the bars that decisions enter, inside the model's own; none at daily cadence. */
function entryHoursOf({ hourEt, info }: Matrix, allowed: readonly number[] | null): number[] {
  if (info.cadence === "daily") return [];
  return [...new Set(hourEt)].filter((hour) => allowed === null || allowed.includes(hour)).sort((a, b) => a - b);
}

interface Facts {
  readonly plan: EvaluationPlan;
  readonly planKey: string;
  readonly matrix: Matrix;
  readonly trials: number;
  readonly added: number;
}

function recommend(
  request: CalibrateRequest,
  { candidates, innerFolds }: Tried,
  { plan, planKey, matrix, trials, added }: Facts,
): Calibration {
  const { min_trades } = request;
  const best = bestCandidate(
    candidates.filter(({ hour }) => hour === null),
    min_trades,
  );
  const global = best?.threshold ?? null;
  const byHour = Map.groupBy(
    candidates.filter(({ hour }) => hour !== null),
    ({ hour }) => hour!,
  );
  const shrinkage = request.kind === "thresholds" ? request.shrinkage : 0;
  const hours =
    global === null ? [] : [...byHour].map(([hour, own]) => shrunkHour(hour, bestCandidate(own, min_trades), global, shrinkage));
  const brackets = request.kind === "brackets" && best !== undefined;
  return {
    schema_version: 1,
    kind: request.kind,
    plan_key: planKey,
    model_id: plan.model_id,
    pack_id: plan.pack_id,
    threshold_mode: plan.variants[0]!.params.threshold_mode,
    rows: {
      first: formatDate(matrix.sessionDate[0]!),
      last: formatDate(matrix.sessionDate[matrix.rows - 1]!),
      sessions: new Set(matrix.sessionDate).size,
    },
    inner_folds: innerFolds,
    min_trades,
    threshold: global,
    hours,
    hour_thresholds: global === null ? null : hourMap(hours, global),
    brackets: brackets ? { stop_loss: best.stop_loss, take_profit: best.take_profit, time_stop_bars: best.time_stop_bars } : null,
    candidates: [...candidates],
    trials,
    added_trials: added,
    notes: best === undefined ? ["no_candidate_with_enough_trades"] : [],
  };
}
