import type { Calibration } from "#lib/sweeps/calibrate.schema.ts";
import { command, WAIT_ARG } from "../command.ts";
import { packOf } from "../find-model.ts";
import { count, decimal, percent } from "../format.ts";
import { RUN_ROUTES, startRun } from "../start-run.ts";
import { renderFacts, renderTable } from "../table.ts";
import { numberList, numberOf, oneOf, wholeNumber } from "../values.ts";
import { MODEL_ARGS } from "./build.ts";

/** What a calibration says of itself; the stored report has every candidate. */
type CalibrationOutput = Omit<Calibration, "candidates"> & { readonly candidates: number; readonly report_key: string };

export const calibrate = command({
  name: "calibrate",
  description: "Choose thresholds or brackets on inner folds of the rows before the first test block; all that is tried counts as trials",
  routes: ["GET /models", "POST /calibrate_thresholds", "POST /calibrate_brackets", ...RUN_ROUTES],
  args: {
    ...MODEL_ARGS,
    what: { type: "string", valueHint: "thresholds|brackets", description: "What to choose (default: thresholds)" },
    thresholds: { type: "string", valueHint: "0,0.1,0.2", description: "Candidates; of brackets, the one threshold in force" },
    "threshold-mode": { type: "string", valueHint: "edge|probability", description: "What a threshold is held against" },
    shrinkage: {
      type: "string",
      valueHint: "50",
      description: "An hour with n trades moves n / (n + this) of the way to its own threshold",
    },
    "min-trades": { type: "string", valueHint: "20", description: "A candidate, and an hour, with fewer trades is not chosen" },
    "stop-loss": { type: "string", valueHint: "0.02,0.05", description: "Brackets: stops as fractions of the entry price" },
    "take-profit": { type: "string", valueHint: "1.5,2,3", description: "Brackets: targets as multiples of the stop distance" },
    "time-stop": { type: "string", valueHint: "5,10", description: "Brackets: bars after which a trade is closed" },
    ...WAIT_ARG,
  },
  examples: ["sigma calibrate spx_eq_swing_daily", "sigma calibrate spx_eq_swing_daily --what brackets --stop-loss 0.02,0.05"],
  async run({ session, args }) {
    const client = await session.api();
    const what = oneOf("what", args.what ?? "thresholds", ["thresholds", "brackets"]);
    const levels = args.thresholds === undefined ? [] : numberList("thresholds", args.thresholds);
    const started = await startRun(session, {
      path: `/calibrate_${what}`,
      body: {
        pack_id: await packOf(client, args.model, args.pack),
        model_id: args.model,
        ...(args["threshold-mode"] === undefined
          ? {}
          : { threshold_mode: oneOf("threshold-mode", args["threshold-mode"], ["edge", "probability"]) }),
        ...(args["min-trades"] === undefined ? {} : { min_trades: wholeNumber("min-trades", args["min-trades"], 1, 1_000_000) }),
        ...(levels.length === 0 ? {} : what === "thresholds" ? { thresholds: levels } : { threshold: levels[0]! }),
        ...(args.shrinkage === undefined ? {} : { shrinkage: numberOf("shrinkage", args.shrinkage) }),
        ...(args["stop-loss"] === undefined ? {} : { stop_loss: numberList("stop-loss", args["stop-loss"]) }),
        ...(args["take-profit"] === undefined ? {} : { take_profit: numberList("take-profit", args["take-profit"]) }),
        ...(args["time-stop"] === undefined ? {} : { time_stop: numberList("time-stop", args["time-stop"]) }),
      },
      label: `calibrate ${args.model}`,
      wait: args.wait,
    });
    if ("answer" in started) return started.answer;
    const { run } = started;
    const { calibration: found } = run.outputs as unknown as { readonly calibration: CalibrationOutput };
    const lines = [
      renderFacts([
        ["Read", `${found.rows.first} to ${found.rows.last}, ${count(found.rows.sessions)} sessions, ${found.inner_folds} inner folds`],
        ["Candidates", `${count(found.candidates)}, ${count(found.added_trials)} new trials; ${count(found.trials)} trials so far`],
        ...(what === "thresholds" ? [["Threshold", decimal(found.threshold, 3)] as const] : [["Brackets", bracketsText(found)] as const]),
        ["Run", run.run_id],
      ]),
      ...(found.hours.length === 0 ? [] : ["", hourTable(found.hours, session.width)]),
      "",
      nextStep(found),
    ];
    return { document: { run_id: run.run_id, ...found }, text: lines.join("\n") };
  },
});

function bracketsText({ brackets }: CalibrationOutput): string {
  if (brackets === null) return "none had enough trades";
  const { stop_loss, take_profit, time_stop_bars } = brackets;
  if (stop_loss === null) return "none is best";
  return `stop ${percent(stop_loss)} %, target ${take_profit}R${time_stop_bars === null ? "" : `, time stop ${time_stop_bars}`}`;
}

function hourTable(hours: CalibrationOutput["hours"], width: number): string {
  return renderTable(
    [
      { header: "Hour", align: "right", value: ({ hour }) => String(hour) },
      { header: "Trades", align: "right", value: ({ trades }) => count(trades) },
      { header: "Own", align: "right", value: ({ own }) => decimal(own, 3) },
      { header: "Weight", align: "right", value: ({ weight }) => decimal(weight) },
      { header: "Threshold", align: "right", value: ({ threshold }) => decimal(threshold, 3) },
    ],
    hours,
    width,
  );
}

function nextStep({ model_id, threshold, hour_thresholds, brackets }: CalibrationOutput): string {
  if (threshold === null) return "No candidate had enough trades on these rows. Lower --min-trades, or give the model more history.";
  const hours = Object.entries(hour_thresholds ?? {}).map(([hour, value]) => `${hour}=${value}`);
  if (brackets === null || brackets.stop_loss === null)
    return `Next: sigma backtest ${model_id} --thresholds ${threshold}${hours.length === 0 ? "" : ` --hour-thresholds ${hours.join(",")}`}`;
  const { stop_loss, take_profit, time_stop_bars } = brackets;
  const axes = [`thresholds=${threshold}`, `stop_loss=${stop_loss}`, `take_profit=${take_profit}`];
  if (time_stop_bars !== null) axes.push(`time_stop=${time_stop_bars}`);
  return `Next: sigma sweep ${model_id} --axes "${axes.join(";")}"`;
}
