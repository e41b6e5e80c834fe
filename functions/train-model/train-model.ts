import * as z from "zod";
import { requireDisjoint } from "#lib/backtest/disjoint.ts";
import { evaluateVariant, prepareEvaluation } from "#lib/backtest/evaluate-variant.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import { type CalibratedModel, fitCalibrated, predictFold, withinTrainHours } from "#lib/backtest/fit-fold.ts";
import { holdoutFold } from "#lib/backtest/holdout.ts";
import type { ContractTape } from "#lib/backtest/options/contract-tape.ts";
import { type Robustness, RobustnessSchema } from "#lib/backtest/robustness/robustness.schema.ts";
import { trainsOnLaterRows } from "#lib/backtest/splits.schema.ts";
import { embargoInBars } from "#lib/backtest/splits.ts";
import { timeAxis } from "#lib/backtest/time-axis.ts";
import { canonicalJson } from "#lib/core/canonical-json.ts";
import { sha256, sha256OfJson } from "#lib/core/digest.ts";
import { formatDate } from "#lib/core/time.ts";
import { parseOr } from "#lib/errors/parse.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { isImported } from "#lib/learners/learner.schema.ts";
import { labelHorizonBars } from "#lib/matrix/label.schema.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import type { Holdout, TrainedModel } from "#lib/publishing/trained-model.schema.ts";
import { addTrainedModel } from "#lib/publishing/trained-model-store.ts";
import { findRun } from "#lib/runs/run-store.ts";
import { judgeHoldout, VETO_PROBABILITY } from "#lib/training/holdout-verdict.ts";
import { encodeBundle, type ModelBundle } from "#lib/training/model-bundle.ts";
import { buildModelCard, modelCardMarkdown } from "#lib/training/model-card.ts";
import { shapImportance } from "#lib/training/shap-importance.ts";
import type { TrainingItem, TrainingOrder } from "#lib/training/training-order.schema.ts";
import { evaluationInput } from "../shared/evaluation-input.ts";
import { loadPlan, loadPlanMatrix, reportPath } from "../shared/evaluation-plan.ts";
import { loadLearner } from "../shared/load-learner.ts";
import type { StepPorts } from "../shared/ports.ts";
import { defineStep, stepInput } from "../shared/step.ts";
import { loadContractTape } from "../shared/stored-contract-tape.ts";
import { tradedName } from "../shared/traded-name.ts";
import { loadOrder } from "../shared/training-order.ts";

const TrainModelInputSchema = z.strictObject({
  ...stepInput,
  training_key: z.string().regex(/^[0-9a-f]{64}$/),
  row: z.string().regex(/^[0-9a-f]{16}$/),
});

const SESSIONS_PER_YEAR = 252;

/**
 * State `TrainModel`: fits the recipe on everything before the holdout, looks at the holdout once, fits it again on all
 * known rows as a separate artifact, and writes the model card.
 */
export const createTrainModel = defineStep({
  name: "TrainModel",
  input: TrainModelInputSchema,
  item: ({ row }) => row,
  run: async (ports: StepPorts, { owner, run_id, training_key, row }) => {
    const { artifacts, metadata, clock } = ports;
    const order = await loadOrder(artifacts, owner, training_key);
    const item = order.items.find(({ item_id }) => item_id === row);
    if (!item) throw new SigmaError("NOT_FOUND", `The training order "${training_key}" has no item "${row}".`, { training_key, row });
    const plan = await loadPlan(artifacts, owner, item.plan_key);
    const matrix = await loadPlanMatrix(artifacts, plan);
    // Everything that model and card are made of: another judgement of the same row is another trained model.
    const id = `tm_${sha256OfJson({ item, research: order.research, override: order.override }).slice(0, 24)}`;

    const { splits, config } = plan;
    const embargoBars = embargoInBars(splits, timeAxis(matrix.ts).times.length, labelHorizonBars(config.label, config.cadence));
    const fold = holdoutFold(matrix, splits.holdout_share, embargoBars);
    requireDisjoint(matrix, fold);
    const learner = await loadLearner(artifacts, owner, config.learner);
    const judged = fitCalibrated(matrix, fold.train, learner, splits.inner_folds, embargoBars);
    const refit = fitCalibrated(matrix, labelledRows(matrix), learner, splits.inner_folds, embargoBars);
    const holdout = await lookAtHoldout(metadata, {
      id,
      plan,
      item,
      matrix,
      contracts: await loadContractTape(artifacts, plan),
      testStart: fold.testStart,
      look: predictFold(matrix, fold, judged),
    });

    const folder = `owners/${owner}/trained/${id}`;
    const put = async (name: string, bytes: Uint8Array) => {
      await artifacts.put(`${folder}/${name}`, bytes, "any");
      return { key: `${folder}/${name}`, sha256: sha256(bytes) };
    };
    const text = new TextEncoder();
    const judgedRef = await put("judged.model", encodeBundle(bundleOf("judged", judged, matrix)));
    const refitBundle = bundleOf("refit", refit, matrix);
    const refitRef = await put("refit.model", encodeBundle(refitBundle));
    // The writer of ONNX is large, and only this step needs it.
    const { exchangeFiles } = await import("#lib/training/exchange-files.ts");
    const { lightgbm, onnx, calibration } = exchangeFiles(refitBundle);
    const exports = {
      lightgbm: lightgbm === undefined ? null : await put("refit.lightgbm.txt", lightgbm),
      onnx: onnx === undefined ? null : await put("refit.onnx", onnx),
      calibration: await put("refit.calibration.json", calibration),
    };
    const gate = gateAfterHoldout(item, holdout);
    const createdAt = (await findRun(metadata, run_id))?.run.created_at ?? new Date(clock.now()).toISOString();
    // What models with knowledge of later rows earned proves nothing of one that has none; an imported one may have it.
    const judgedOnThePast = !trainsOnLaterRows(splits) && !isImported(config.learner);
    const proven = judgedOnThePast && !order.research && (gate.status === "PASS" || gate.status === "MARGINAL");
    const stamps = [...plan.stamps, ...(proven ? [] : ["UNPROVEN"]), ...(plan.stamps.includes("simulated") ? ["SIMULATED"] : [])];
    const robustness = await robustnessOf(artifacts, plan, item);
    const shap = shapImportance(judged.model, matrix, withinTrainHours(matrix, fold.train), config.learner.seed);
    const card = buildModelCard({ trainedModelId: id, plan, item, order, matrix, judged, refit, shap, holdout, robustness, gate, stamps });
    const cardRef = await put("card.json", text.encode(canonicalJson(card)));
    await put("card.md", text.encode(modelCardMarkdown(card)));

    const model: TrainedModel = {
      schema_version: 1,
      trained_model_id: id,
      owner,
      pack_id: plan.pack_id,
      model_id: plan.model_id,
      row_id: item.row_id,
      variant: item.variant,
      status: "trained",
      stage: null,
      gate_status: gate.status,
      gate_reasons: gate.reasons,
      proven,
      research: order.research,
      override: order.override,
      stamps,
      holdout,
      judged: judgedRef,
      refit: refitRef,
      card: cardRef,
      exports,
      plan: { key: `owners/${owner}/plans/${item.plan_key}.json`, sha256: item.plan_key },
      training_rows: refit.trainRows,
      lineage: plan.lineage,
      summary: { backtest: item.backtest },
      created_at: createdAt,
      transitions: [],
    };
    await addTrainedModel(metadata, model);
    return { trained_model_id: id, gate_status: model.gate_status, proven, stamps, holdout, card_key: cardRef.key };
  },
  message: ({ trained_model_id, gate_status, proven, holdout }) =>
    `${trained_model_id} trained, ${gate_status}${proven ? "" : ", UNPROVEN"}; holdout residual Sharpe ${holdout.sharpe?.toFixed(2) ?? "n/a"}${holdout.vetoed ? ", VETO" : ""}`,
});

/** The headline that a report asked about, as far as a card shows it. */
const QuestionedSchema = z.object({
  headline: z.int().nonnegative(),
  variants: z.array(z.object({ params: z.unknown() })),
  robustness: RobustnessSchema.nullable(),
});

/** The robustness of the row's own backtest; null for rows of sweeps, and for other rows than the one that was asked about. */
async function robustnessOf(artifacts: ArtifactStore, plan: EvaluationPlan, item: TrainingItem): Promise<Robustness | null> {
  if (plan.robustness === "none") return null;
  const { bytes } = await artifacts.get(reportPath(plan, item.plan_key, "report.json"));
  const report = parseOr(
    "ARTIFACT_CORRUPT",
    QuestionedSchema,
    JSON.parse(new TextDecoder().decode(bytes)),
    `The report of plan "${item.plan_key}"`,
  );
  const asked = report.variants[report.headline]?.params;
  return canonicalJson(asked) === canonicalJson(item.variant.params) ? report.robustness : null;
}

function labelledRows(matrix: Matrix): Int32Array {
  return Int32Array.from({ length: matrix.rows }, (_, row) => row).filter(
    (row) => !Number.isNaN(matrix.y[row]!) && !Number.isNaN(matrix.t1[row]!),
  );
}

function bundleOf(purpose: ModelBundle["purpose"], fitted: CalibratedModel, { info }: Matrix): ModelBundle {
  const { model, calibrator, baseRates, slice, trainRows, trainFirstTs, trainLastTs } = fitted;
  const { indicatorSetSha } = info;
  return { purpose, model, calibrator, baseRates, slice, trainRows, trainFirstTs, trainLastTs, indicatorSetSha };
}

interface Look {
  readonly id: string;
  readonly plan: EvaluationPlan;
  readonly item: TrainingItem;
  readonly matrix: Matrix;
  readonly contracts: ContractTape | null;
  readonly testStart: number;
  readonly look: ReturnType<typeof predictFold>;
}

/** Evaluates the variant on the holdout and counts the look, once for each model that looks. */
async function lookAtHoldout(metadata: MetadataStore, { id, plan, item, matrix, contracts, testStart, look }: Look): Promise<Holdout> {
  const context = prepareEvaluation(evaluationInput(plan, matrix, [look], contracts));
  const { metrics } = evaluateVariant(context, item.variant.params);
  const start = formatDate(matrix.sessionDate[testStart]!);
  const end = formatDate(matrix.sessionDate[matrix.rows - 1]!);
  const range = sha256OfJson({ symbol: tradedName(plan.config.data), cadence: plan.config.cadence, start, end });
  const looks = await countLook(metadata, `owner#${plan.owner}#looks#${range}`, id);

  const year = Math.sqrt(SESSIONS_PER_YEAR);
  const backtestSharpe = item.backtest?.residual_sharpe ?? null;
  const verdict = judgeHoldout({
    sharpe: (metrics.residual.sharpe ?? Number.NaN) / year,
    sessions: metrics.sessions,
    skew: metrics.residual.skew ?? Number.NaN,
    kurtosis: metrics.residual.kurtosis ?? Number.NaN,
    backtestSharpe: (backtestSharpe ?? Number.NaN) / year,
  });
  return {
    start,
    end,
    sessions: metrics.sessions,
    trades: metrics.trades,
    sharpe: metrics.residual.sharpe,
    total_return: metrics.total_return,
    max_drawdown_pct: metrics.max_drawdown_pct,
    backtest_sharpe: backtestSharpe,
    probability_this_low: verdict.probabilityThisLow,
    vetoed: verdict.vetoed,
    looks,
  };
}

/** How often a look is counted again that others count at the same moment. */
const MOST_ATTEMPTS = 50;

/**
 * Counts a model's look at a range, once: training it again finds the number it had, so its card stays the same.
 *
 * @returns which look it is, from 1
 */
async function countLook(metadata: MetadataStore, pk: string, id: string): Promise<number> {
  const [look, counter] = [
    { pk, sk: `look#${id}` },
    { pk, sk: "count" },
  ];
  for (let attempt = 1; ; attempt++) {
    const known = await metadata.get("state", look);
    if (known) return Number(known.body["number"]);
    const before = await metadata.get("state", counter);
    const number = Number(before?.body["looks"] ?? 0) + 1;
    try {
      await metadata.transact([
        { kind: "put", table: "state", record: { ...look, body: { trained_model_id: id, number } }, condition: "absent" },
        { kind: "put", table: "state", record: { ...counter, body: { looks: number } }, condition: before?.version ?? "absent" },
      ]);
      return number;
    } catch (error) {
      if (!(error instanceof SigmaError) || error.code !== "CONFLICT" || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/** The holdout can only veto. */
function gateAfterHoldout(item: TrainingItem, holdout: Holdout): TrainingOrder["items"][number]["gate"] {
  if (!holdout.vetoed) return item.gate;
  const veto = {
    code: "holdout_veto",
    metric: "holdout.probability_this_low",
    value: holdout.probability_this_low,
    limit: VETO_PROBABILITY,
  };
  return { status: "FAIL", reasons: [...item.gate.reasons, veto] };
}
