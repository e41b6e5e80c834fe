import type { Json } from "#lib/core/canonical-json.ts";
import { RISK_PROFILES } from "#lib/policies/risk-budget.schema.ts";
import { command, WAIT_ARG } from "../command.ts";
import { UsageError } from "../failure.ts";
import { packOf } from "../find-model.ts";
import { count, decimal, duration, percent } from "../format.ts";
import { leaderboardTable, type Row } from "../leaderboard-table.ts";
import { SPLIT_ARGS, splitsBody } from "../split-args.ts";
import { marksLine } from "../stamps.ts";
import { RUN_ROUTES, startRun } from "../start-run.ts";
import { renderFacts, renderTable } from "../table.ts";
import { hourNumbers, numberOf, oneOf, wholeNumber } from "../values.ts";
import { MODEL_ARGS } from "./build.ts";

/** What a sweep says of itself. */
export interface SweepOutput {
  readonly sweep_id: string;
  readonly variants: number;
  readonly failed_variants: number;
  readonly distinct: number;
  readonly trials: number;
  readonly pass: number;
  readonly marginal: number;
  readonly marginal_sig: number;
  readonly fail: number;
  readonly dsr_best: number | null;
  readonly pbo: number | null;
  readonly p_oos_loss: number | null;
  readonly luck_sharpe: number | null;
  readonly log_loss: number | null;
  readonly prior_log_loss: number | null;
  readonly has_skill: boolean;
  readonly compositions: readonly {
    readonly label: string;
    readonly variants: number;
    readonly pass: number;
    readonly best_score: number | null;
    readonly log_loss: number | null;
    readonly prior_log_loss: number | null;
  }[];
  readonly best_rows: readonly string[];
  readonly warnings: readonly string[];
}

export const sweep = command({
  name: "sweep",
  description: "Evaluate a grid of execution settings over one set of predictions, and judge all of them together",
  routes: ["GET /models", "POST /sweeps/estimate", "POST /sweeps", ...RUN_ROUTES, "GET /leaderboard"],
  args: {
    ...MODEL_ARGS,
    preset: { type: "string", valueHint: "conservative|balanced|aggressive", description: "Part of the simple grid" },
    axes: {
      type: "string",
      valueHint: "thresholds=0,0.1;hold_bars=3,5",
      description: "A grid of your own: axis=values, axes separated by semicolons, or a JSON object",
    },
    "hours-scope": {
      type: "string",
      valueHint: "trade|train",
      description: "train: each set of hours is fitted on its own rows; trade (the default): hours filter trades only",
    },
    "threshold-mode": { type: "string", valueHint: "edge|probability", description: "What a threshold is held against" },
    ...SPLIT_ARGS,
    "min-trades": { type: "string", valueHint: "20", description: "Variants with fewer trades are kept but not ranked" },
    "min-sharpe": { type: "string", valueHint: "0.5", description: "Variants below are kept but not ranked" },
    tag: { type: "string", valueHint: "word", description: "A word to find the results by" },
    estimate: { type: "boolean", description: "Say what it would take and cost, and run nothing" },
    ...WAIT_ARG,
  },
  examples: [
    "sigma sweep spx_eq_swing_daily",
    "sigma sweep spx_eq_swing_daily --preset conservative --estimate",
    'sigma sweep spx_eq_swing_daily --axes "thresholds=0,0.05,0.1;hold_days=1,3,5"',
    'sigma sweep spx_eq_swing_daily --axes "indicator_sets=eq_default,eq_breakout;strategy_variants=none,momentum_swing"',
    'sigma sweep spx_eq_swing_daily --axes "ml_params=trees:100|max_depth:2,trees:300;risk_profiles=balanced,conservative"',
    'sigma sweep spx_eq_swing_daily --axes "stop_loss=0.02,0.05;take_profit=1.5,2;filters=none,adx_14>25"',
  ],
  async run({ session, args }) {
    const { paint } = session;
    const client = await session.api();
    const body = {
      pack_id: await packOf(client, args.model, args.pack),
      model_id: args.model,
      ...(args.axes === undefined ? {} : axesBody(readAxes(args.axes))),
      ...(args["hours-scope"] === undefined ? {} : { hours_scope: oneOf("hours-scope", args["hours-scope"], ["trade", "train"]) }),
      ...(args.preset === undefined ? {} : { preset: oneOf("preset", args.preset, RISK_PROFILES) }),
      ...(args["threshold-mode"] === undefined
        ? {}
        : { threshold_mode: oneOf("threshold-mode", args["threshold-mode"], ["edge", "probability"]) }),
      ...splitsBody(args),
      ...(args["min-trades"] === undefined ? {} : { min_trades: wholeNumber("min-trades", args["min-trades"], 0, 1_000_000) }),
      ...(args["min-sharpe"] === undefined ? {} : { min_sharpe: numberOf("min-sharpe", args["min-sharpe"]) }),
      ...(args.tag === undefined ? {} : { tag: args.tag }),
    };
    if (args.estimate === true) return estimateAnswer(await client.post("/sweeps/estimate", body));

    const started = await startRun(session, { path: "/sweeps", body, label: `sweep ${args.model}`, wait: args.wait });
    if ("answer" in started) return started.answer;
    const { run } = started;
    const { sweep: found } = run.outputs as unknown as { readonly sweep: SweepOutput };
    const { rows } = await client.get<{ readonly rows: readonly Row[] }>("/leaderboard", { sweep_id: found.sweep_id, limit: 10 });
    const lines = [
      ...marksLine(stampsOf(rows), paint),
      leaderboardTable(rows, session),
      "",
      ...(found.compositions.length === 0 ? [] : [compositionTable(found.compositions, session.width), ""]),
      renderFacts([
        [
          "Variants",
          `${count(found.variants)}, ${count(found.distinct)} distinct${found.failed_variants > 0 ? `, ${found.failed_variants} failed` : ""}; ${count(found.trials)} trials so far`,
        ],
        ["Verdicts", `${found.pass} PASS, ${found.marginal} MARGINAL, ${found.marginal_sig} MARGINAL_SIG, ${found.fail} FAIL`],
        ["Luck alone (Sharpe)", `${decimal(found.luck_sharpe)}: the best of as many tries without skill would show this`],
        ["Deflated Sharpe (best)", decimal(found.dsr_best, 3)],
        ["Overfitting (PBO)", `${decimal(found.pbo, 3)}; loss out of sample in ${percent(found.p_oos_loss, 0)} % of splits`],
        [
          "Log loss",
          `${decimal(found.log_loss, 4)}, the prior's ${decimal(found.prior_log_loss, 4)}${found.has_skill ? "" : ": no better than always guessing the base rate"}`,
        ],
        ["Sweep", found.sweep_id],
        ["Run", run.run_id],
      ]),
      ...(found.warnings.length > 0 ? [`Warnings: ${found.warnings.join(", ")}`] : []),
      ...(rows.every(({ metrics }) => metrics.trades === 0) ? [NOTHING_TRADED] : []),
      found.pass > 0
        ? `Next: sigma train ${args.model} --rows ${found.best_rows[0]}`
        : `Nothing passes the gate. To learn from the best row anyway: sigma train ${args.model} --rows ${found.best_rows[0] ?? "ROW"} --research`,
    ];
    return { document: { run_id: run.run_id, model_id: args.model, ...found, rows }, text: lines.join("\n") };
  },
});

/** Each composition with its best row and whether it predicts better than base rates. */
function compositionTable(compositions: SweepOutput["compositions"], width: number): string {
  return renderTable(
    [
      { header: "Composition", value: ({ label }) => label, shrinkTo: 24 },
      { header: "Variants", align: "right", value: ({ variants }) => count(variants) },
      { header: "PASS", align: "right", value: ({ pass }) => count(pass) },
      { header: "Best score", align: "right", value: ({ best_score }) => decimal(best_score, 3) },
      { header: "Log loss", align: "right", value: ({ log_loss }) => decimal(log_loss, 4) },
      { header: "Prior's", align: "right", value: ({ prior_log_loss }) => decimal(prior_log_loss, 4) },
    ],
    compositions,
    width,
  );
}

/** Axes that put the model together anew make it a sweep over compositions. */
const COMPOSING = ["indicator_sets", "feature_sets", "strategy_variants", "risk_profiles", "ml_params"];
const axesBody = (axes: { [axis: string]: Json }) => ({
  mode: Object.keys(axes).some((axis) => COMPOSING.includes(axis)) ? "composition" : "custom",
  axes,
});

const NOTHING_TRADED =
  "No variant made a trade. Usually calibration found no skill in any fold (no_skill in the steps above), so that the model says the base rates and has no edge to act on. " +
  "To see what its raw scores would have done: sigma models create ... --variant raw --set learner.calibration=none";

const stampsOf = (rows: readonly Row[]): string[] => {
  const stamps = rows[0]?.stamps;
  return stamps === undefined ? [] : Object.entries(stamps).flatMap(([name, value]) => (value === true ? [name] : []));
};

function estimateAnswer(estimate: { readonly [key: string]: Json }) {
  const { variants, batches, compositions, seconds, usd, luck_sharpe } = estimate as Record<string, number | null>;
  const infeasible = estimate["infeasible"] as { readonly code: string; readonly remedy: string } | null;
  return {
    document: estimate,
    text: renderFacts([
      ["Variants", `${count(variants)} in ${count(batches)} batches${compositions ? ` over ${count(compositions)} compositions` : ""}`],
      ["Time", `about ${duration((seconds ?? 0) * 1000)}`],
      ["Cost (USD)", decimal(usd, 4)],
      ["Luck alone (Sharpe)", `${decimal(luck_sharpe)}: what the best of all trials would show without skill`],
      ...(infeasible === null ? [] : [["Cannot pass", `${infeasible.code}: ${infeasible.remedy}`] as const]),
    ]),
  };
}

/**
 * `thresholds=0,0.1;allowed_hours=9|10,all` or JSON. What belongs to one value joins with `|`: the hours of a set, as in
 * `hour_thresholds=10:0.6|11:0.65,none`, the conditions of a filter, as in `filters=none,vix_below:20|adx_14>25`, and the
 * parameters of a learner, as in `ml_params=trees:100|max_depth:2,trees:300`.
 */
export function readAxes(text: string): { [axis: string]: Json } {
  if (text.trim().startsWith("{")) {
    try {
      return JSON.parse(text) as { [axis: string]: Json };
    } catch (error) {
      throw new UsageError(`--axes is no JSON object: ${(error as Error).message}`);
    }
  }
  const axes: { [axis: string]: Json } = {};
  for (const part of text.split(";").filter((piece) => piece.trim() !== "")) {
    const at = part.indexOf("=");
    const axis = part.slice(0, at).trim();
    if (at < 1) throw new UsageError(`--axes takes axis=values separated by semicolons; found "${part.trim()}".`);
    const values = part.slice(at + 1).split(",");
    axes[axis] = values.map((value) => axisValue(axis, value.trim()));
  }
  return axes;
}

/** Axes whose values are words. */
const WORDS = ["slippage", "entry_type", "option_type", "strike_selection", "indicator_sets", "strategy_variants", "risk_profiles"];

function axisValue(axis: string, value: string): Json {
  if (WORDS.includes(axis)) return value;
  if (axis === "ml_params") return { params: Object.fromEntries(value.split("|").map(learnerParam)) };
  if (axis === "filters") return value.includes("|") ? value.split("|").map((filter) => filter.trim()) : value;
  if (axis === "allowed_hours" && value !== "all") return value.split("|").map((hour) => numberOf("axes", hour));
  if (axis === "hour_thresholds" && value !== "none") return hourNumbers("axes", value, "|");
  if (axis === "allowed_hours" || axis === "hour_thresholds") return value;
  return numberOf("axes", value);
}

/** `trees:100`; a learner's parameters are numbers, and what they may be the API says. */
function learnerParam(text: string): readonly [string, Json] {
  const at = text.indexOf(":");
  if (at < 1) throw new UsageError(`ml_params takes name:number pairs joined with "|"; found "${text}".`);
  return [text.slice(0, at).trim(), numberOf("axes", text.slice(at + 1))];
}
