import type { JsonObject } from "../api-client.ts";
import { command, GATE_EXIT, WAIT_ARG } from "../command.ts";
import { count, decimal, duration, percent } from "../format.ts";
import { leaderboardTable, type Row } from "../leaderboard-table.ts";
import { marksLine } from "../stamps.ts";
import { RUN_ROUTES, startRun } from "../start-run.ts";
import { configOrder, GRID_ARGS, orderOf } from "../sweep-order.ts";
import { renderFacts, renderTable } from "../table.ts";
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
  routes: ["GET /models", "POST /sweeps/estimate", "POST /build_matrix", "POST /sweeps", ...RUN_ROUTES, "GET /leaderboard"],
  args: {
    model: { ...MODEL_ARGS.model, required: false },
    pack: MODEL_ARGS.pack,
    config: {
      type: "string",
      valueHint: "sweep.yaml",
      description: "A sweep as a file says it, instead of a model and options; sigma sweep-config writes one",
    },
    ...GRID_ARGS,
    estimate: { type: "boolean", description: "Say what it would take and cost, and run nothing" },
    "require-pass": { type: "boolean", description: "Exit with 3 unless the gate says PASS of some variant" },
    ...WAIT_ARG,
  },
  examples: [
    "sigma sweep spx_eq_swing_daily",
    "sigma sweep --config sweeps/spx_eq_swing_daily_sweep.yaml",
    "sigma sweep spx_eq_swing_daily --preset conservative --estimate",
    'sigma sweep spx_eq_swing_daily --axes "thresholds=0,0.05,0.1;hold_days=1,3,5"',
    'sigma sweep spx_eq_swing_daily --axes "indicator_sets=eq_default,eq_breakout;strategy_variants=none,momentum_swing"',
    'sigma sweep spx_eq_swing_daily --axes "ml_params=trees:100|max_depth:2,trees:300;risk_profiles=balanced,conservative"',
    'sigma sweep spx_eq_swing_daily --axes "stop_loss=0.02,0.05;take_profit=1.5,2;filters=none,adx_14>25"',
  ],
  async run({ session, args }) {
    const { paint } = session;
    const client = await session.api();
    const { model, body, window, located } = args.config === undefined ? await orderOf(client, args) : await configOrder(args.config, args);
    const asked = <T>(work: Promise<T>): Promise<T> =>
      work.catch((error: unknown) => {
        throw located(error);
      });
    if (args.estimate === true) return estimateAnswer(await asked(client.post("/sweeps/estimate", body)));
    if (Object.keys(window).length > 0) {
      const build = { pack_id: body["pack_id"]!, model_id: model, ...window };
      await asked(startRun(session, { path: "/build_matrix", body: build, label: `build ${model}`, wait: true }));
    }

    const started = await asked(startRun(session, { path: "/sweeps", body, label: `sweep ${model}`, wait: args.wait }));
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
        ? `Next: sigma train ${model} --rows ${found.best_rows[0]}`
        : `Nothing passes the gate. To learn from the best row anyway: sigma train ${model} --rows ${found.best_rows[0] ?? "ROW"} --research`,
    ];
    return {
      document: { run_id: run.run_id, model_id: model, ...found, rows },
      text: lines.join("\n"),
      exitCode: args["require-pass"] === true && found.pass === 0 ? GATE_EXIT : 0,
    };
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

const NOTHING_TRADED =
  "No variant made a trade. Usually calibration found no skill in any fold (no_skill in the steps above), so that the model says the base rates and has no edge to act on. " +
  "To see what its raw scores would have done: sigma models create ... --variant raw --set learner.calibration=none";

const stampsOf = (rows: readonly Row[]): string[] => {
  const stamps = rows[0]?.stamps;
  return stamps === undefined ? [] : Object.entries(stamps).flatMap(([name, value]) => (value === true ? [name] : []));
};

function estimateAnswer(estimate: JsonObject) {
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
