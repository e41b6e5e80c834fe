import type { RunView } from "#functions/api/runs/run-view.ts";
import type { TrainedModel } from "#lib/publishing/trained-model.schema.ts";
import { command, GATE_EXIT, WAIT_ARG } from "../command.ts";
import { EVALUATION_ARGS, evaluationBody } from "../evaluation-args.ts";
import { UsageError } from "../failure.ts";
import { packOf } from "../find-model.ts";
import { count, decimal } from "../format.ts";
import { paintStatus } from "../paint.ts";
import type { Session } from "../session.ts";
import { splitsBody } from "../split-args.ts";
import { marksLine } from "../stamps.ts";
import { RUN_ROUTES, startRun } from "../start-run.ts";
import { renderTable } from "../table.ts";
import { oneOf, wholeNumber } from "../values.ts";
import { type BuiltMatrix, MODEL_ARGS } from "./build.ts";

/** What both evaluations say of themselves. */
interface Evaluation {
  readonly pass: number;
  readonly best_rows: readonly string[];
  readonly trials: number;
  readonly warnings: readonly string[];
  readonly gate?: { readonly status: string };
  readonly sweep_id?: string;
  readonly marginal?: number;
  readonly fail?: number;
}

interface PipelineOutputs {
  readonly matrix: BuiltMatrix;
  readonly result: Evaluation;
  readonly trained?: readonly { readonly trained_model_id: string }[];
}

export const pipeline = command({
  name: "pipeline",
  description: "Build, backtest or sweep, hold the result against the gate, and train only what passes",
  routes: ["GET /models", "POST /pipeline", ...RUN_ROUTES, "GET /trained_models/{trained_model_id}"],
  args: {
    ...MODEL_ARGS,
    start: { type: "string", valueHint: "date", description: "First session, YYYY-MM-DD; as the model says when absent" },
    end: { type: "string", valueHint: "date", description: "The session after the last one" },
    ticker: { type: "string", valueHint: "SPY", description: "Refuse to build unless this is the model's ticker" },
    "distance-max": { type: "string", valueHint: "7", description: "Refuse to build unless this is the model's width of option flow" },
    force: { type: "boolean", description: "Build anew, and accept failed quality checks, which is recorded" },
    evaluate: { type: "string", valueHint: "backtest|sweep", description: "How the model is judged (default: backtest)" },
    ...EVALUATION_ARGS,
    train: {
      type: "boolean",
      default: true,
      description: "Train the recommended row when the gate says PASS, and only then",
      negativeDescription: "Train nothing, whatever the gate says",
    },
    "require-pass": { type: "boolean", description: "Exit with 3 unless the gate says PASS" },
    ...WAIT_ARG,
  },
  examples: [
    "sigma pipeline spx_eq_swing_daily",
    "sigma pipeline spx_eq_swing_daily --gated --momentum-min 0.1 --thresholds 0,0.1",
    "sigma pipeline spx_eq_swing_daily --evaluate sweep --require-pass",
  ],
  async run({ session, args }) {
    const client = await session.api();
    const evaluate = oneOf("evaluate", args.evaluate ?? "backtest", ["backtest", "sweep"]);
    const started = await startRun(session, {
      path: "/pipeline",
      body: {
        pack_id: await packOf(client, args.model, args.pack),
        model_id: args.model,
        evaluate,
        train_when_passed: args.train,
        ...(args.start === undefined ? {} : { start: args.start }),
        ...(args.end === undefined ? {} : { end: args.end }),
        ...(args.ticker === undefined ? {} : { ticker: args.ticker.toUpperCase() }),
        ...(args["distance-max"] === undefined ? {} : { distance_max: wholeNumber("distance-max", args["distance-max"], 0, 50) }),
        ...(args.force === true ? { force: true } : {}),
        ...(evaluate === "backtest" ? evaluationBody(args) : sweepBody(args)),
      },
      label: `pipeline ${args.model}`,
      wait: args.wait,
    });
    if ("answer" in started) return started.answer;
    const { run } = started;
    const { matrix, result, trained = [] } = run.outputs as unknown as PipelineOutputs;
    const models = await Promise.all(
      trained.map(({ trained_model_id }) => client.get<TrainedModel>(`/trained_models/${encodeURIComponent(trained_model_id)}`)),
    );
    const passes = result.pass > 0;
    const lines = [
      ...marksLine(matrix.stamps, session.paint),
      summaryTable({ matrix, result, models, trains: args.train, run }, session),
      ...(result.warnings.length > 0 ? [`Warnings: ${result.warnings.join(", ")}`] : []),
      `Run: ${run.run_id}`,
      nextStep(args.model, result, models),
    ];
    return {
      document: { run_id: run.run_id, model_id: args.model, passed: passes, matrix, result, trained_models: models },
      text: lines.join("\n"),
      exitCode: args["require-pass"] === true && !passes ? GATE_EXIT : 0,
    };
  },
});

/** What a sweep of the simple grid takes. @throws UsageError for an option of a backtest */
function sweepBody(args: Parameters<typeof evaluationBody>[0]) {
  const own = ["threshold-mode", "split-kind", "splits", "groups", "test-groups", "embargo-bars", "embargo", "tag"];
  const stray = Object.keys(EVALUATION_ARGS).find((name) => !own.includes(name) && args[name as keyof typeof args] !== undefined);
  if (stray !== undefined) throw new UsageError(`--${stray} goes with --evaluate backtest; a pipeline's sweep tries the simple grid.`);
  return {
    ...(args["threshold-mode"] === undefined
      ? {}
      : { threshold_mode: oneOf("threshold-mode", args["threshold-mode"], ["edge", "probability"]) }),
    ...splitsBody(args),
    ...(args.tag === undefined ? {} : { tag: args.tag }),
  };
}

interface Stages {
  readonly matrix: BuiltMatrix;
  readonly result: Evaluation;
  readonly models: readonly TrainedModel[];
  readonly trains: boolean;
  readonly run: RunView;
}

/** A line for each stage: how it ended, and what it found. */
function summaryTable({ matrix, result, models, trains }: Stages, { paint, width }: Session): string {
  const gate = result.gate?.status ?? (result.pass > 0 ? "PASS" : (result.marginal ?? 0) > 0 ? "MARGINAL" : "FAIL");
  const why = result.pass > 0 ? `${count(result.pass)} pass` : `nothing passes; best row ${result.best_rows[0] ?? "n/a"}`;
  const rows = [
    {
      stage: "build",
      status: matrix.quality,
      found: `${count(matrix.rows)} rows, ${count(matrix.features)} features, leak test ${matrix.leakage}${matrix.reused ? ", was there already" : ""}`,
    },
    {
      stage: result.sweep_id === undefined ? "backtest" : "sweep",
      status: "ok",
      found: `${count(result.trials)} trial${result.trials === 1 ? "" : "s"} so far`,
    },
    { stage: "gate", status: gate, found: why },
    ...(models.length > 0
      ? models.map(({ trained_model_id, holdout }) => ({
          stage: "train",
          status: "ok",
          found: `${trained_model_id}, residual Sharpe ${decimal(holdout?.sharpe)} in the holdout`,
        }))
      : [{ stage: "train", status: "skipped", found: trains ? "only what passes the gate is trained" : "not asked for" }]),
  ];
  return renderTable(
    [
      { header: "Stage", value: ({ stage }) => stage },
      { header: "Status", value: ({ status }) => paintStatus(paint, status) },
      { header: "What was found", value: ({ found }) => found, shrinkTo: 30 },
    ],
    rows,
    width,
  );
}

function nextStep(modelId: string, { best_rows, sweep_id }: Evaluation, models: readonly TrainedModel[]): string {
  const [model] = models;
  if (model !== undefined) return `Next: sigma publish ${model.trained_model_id}`;
  if (sweep_id !== undefined) return `Why: sigma sweeps show ${sweep_id}`;
  return `Why: sigma leaderboard --model ${modelId}${best_rows[0] === undefined ? "" : `. To learn from it anyway: sigma train ${modelId} --rows ${best_rows[0]} --research`}`;
}
