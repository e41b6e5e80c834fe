import { CALIBRATIONS } from "#lib/learners/learner.schema.ts";
import type { TrainedModel } from "#lib/publishing/trained-model.schema.ts";
import { command, WAIT_ARG } from "../command.ts";
import { packOf } from "../find-model.ts";
import { count, decimal, percent } from "../format.ts";
import { gateReasons } from "../gate-text.ts";
import { paintStatus } from "../paint.ts";
import { marksLine } from "../stamps.ts";
import { RUN_ROUTES, startRun } from "../start-run.ts";
import { renderFacts } from "../table.ts";
import { numberList, oneOf } from "../values.ts";
import { MODEL_ARGS } from "./build.ts";

export const train = command({
  name: "train",
  description: "Train leaderboard rows, each into its own model, and look at the holdout once",
  routes: ["GET /models", "POST /train", ...RUN_ROUTES, "GET /trained_models/{trained_model_id}"],
  args: {
    ...MODEL_ARGS,
    rows: { type: "string", valueHint: "id,id", description: "1 to 5 leaderboard rows; without any, a baseline that no gate has judged" },
    hours: { type: "string", valueHint: "13,14,15", description: "Without rows: New York hours in which the model may trade" },
    calibration: { type: "string", valueHint: CALIBRATIONS.join("|"), description: "Without rows: calibration of the probabilities" },
    target: { type: "string", valueHint: "y|y_syn", description: "The label's column; y_syn is the classic name of y" },
    research: { type: "boolean", description: "Train whatever the gate says; the model is UNPROVEN for good" },
    override: { type: "string", valueHint: "reason", description: "Train a MARGINAL row against the gate; the reason is recorded" },
    tag: { type: "string", valueHint: "word", description: "A word to find the run by" },
    ...WAIT_ARG,
  },
  examples: ["sigma train spx_eq_swing_daily --rows ROW", "sigma train spx_eq_swing_daily --rows ROW --research"],
  async run({ session, args }) {
    const { paint } = session;
    const client = await session.api();
    const started = await startRun(session, {
      path: "/train",
      body: {
        pack_id: await packOf(client, args.model, args.pack),
        model_id: args.model,
        ...(args.rows === undefined ? {} : { rows: args.rows.split(",").map((row) => row.trim()) }),
        ...(args.hours === undefined ? {} : { allowed_hours: numberList("hours", args.hours) }),
        ...(args.calibration === undefined ? {} : { calibration: oneOf("calibration", args.calibration, CALIBRATIONS) }),
        ...(args.target === undefined ? {} : { target: oneOf("target", args.target, ["y", "y_syn"]) }),
        ...(args.research === true ? { research: true } : {}),
        ...(args.override === undefined ? {} : { override_reason: args.override }),
        ...(args.tag === undefined ? {} : { tag: args.tag }),
      },
      label: `train ${args.model}`,
      wait: args.wait,
    });
    if ("answer" in started) return started.answer;
    const { run } = started;
    const { trained } = run.outputs as unknown as { readonly trained: readonly { readonly trained_model_id: string }[] };
    const models = await Promise.all(
      trained.map(({ trained_model_id }) => client.get<TrainedModel>(`/trained_models/${trained_model_id}`)),
    );
    const lines = models.flatMap((model) => [
      ...marksLine(model.stamps, paint),
      renderFacts(
        [
          ["Trained model", model.trained_model_id],
          ["Gate", `${paintStatus(paint, model.gate_status)}${model.proven ? "" : ", UNPROVEN"}`],
          ["Training rows", count(model.training_rows)],
          ...holdoutFacts(model),
        ],
        session.width,
      ),
      ...gateReasons({ reasons: model.gate_reasons }).map((reason) => `  - ${reason}`),
      `Next: sigma publish ${model.trained_model_id}`,
    ]);
    return { document: { run_id: run.run_id, model_id: args.model, trained_models: models }, text: lines.join("\n") };
  },
});

function holdoutFacts({ holdout }: TrainedModel): (readonly [string, string])[] {
  if (holdout === null) return [["Holdout", "n/a"]];
  const { start, end, sessions, trades, sharpe, backtest_sharpe, total_return, probability_this_low, vetoed, looks } = holdout;
  return [
    ["Holdout", `${start} to ${end}, ${count(sessions)} sessions, ${count(trades)} trades, look ${looks}`],
    ["Residual Sharpe", `${decimal(sharpe)} in the holdout, ${decimal(backtest_sharpe)} in the backtest`],
    ["Return (%)", percent(total_return)],
    ["So low by chance", `${decimal(probability_this_low, 3)}${vetoed ? ": VETO, the holdout refuses the model" : ""}`],
  ];
}
