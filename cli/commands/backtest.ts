import type { BacktestReport } from "#lib/backtest/report.schema.ts";
import type { Gate } from "#lib/leaderboard/gate.schema.ts";
import type { PathSpread } from "#lib/metrics/path-spread.schema.ts";
import { type HourThresholds, hourThresholdsText } from "#lib/sweeps/variant.schema.ts";
import { command, WAIT_ARG } from "../command.ts";
import { EVALUATION_ARGS, evaluationBody } from "../evaluation-args.ts";
import { packOf } from "../find-model.ts";
import { count, decimal, percent } from "../format.ts";
import { gateExit, gateText } from "../gate-text.ts";
import { paintStatus } from "../paint.ts";
import { marksLine } from "../stamps.ts";
import { RUN_ROUTES, startRun } from "../start-run.ts";
import { renderFacts, renderTable } from "../table.ts";
import { MODEL_ARGS } from "./build.ts";

/** Warnings that are marks: what a reader must know before any number. */
const MARKED: readonly string[] = ["trains_on_later_rows", "imported_model_training_rows_unknown"];

interface Threshold {
  readonly row_id: string;
  readonly threshold: number | null;
  readonly hour_thresholds: HourThresholds | null;
  readonly trades: number;
  readonly bets: number;
  readonly sharpe: number | null;
  readonly residual_sharpe: number | null;
  readonly gate: string;
}

/** What a backtest says of itself; the report has the rest. */
interface BacktestOutput {
  readonly thresholds: readonly Threshold[];
  readonly gate: Gate;
  readonly trials: number;
  readonly log_loss: number | null;
  readonly prior_log_loss: number | null;
  readonly has_skill: boolean;
  readonly warnings: readonly string[];
  readonly [key: string]: unknown;
}

export const backtest = command({
  name: "backtest",
  description: "Purged out-of-sample backtest: walk-forward, k-fold or combinatorial; each threshold counts as a trial",
  args: {
    ...MODEL_ARGS,
    ...EVALUATION_ARGS,
    save: {
      type: "boolean",
      default: true,
      description: "Enter the results on the leaderboard",
      negativeDescription: "Keep the results off the leaderboard; they count as trials all the same",
    },
    "require-pass": { type: "boolean", description: "Exit with 3 unless the gate says PASS" },
    ...WAIT_ARG,
  },
  routes: ["GET /models", "POST /backtest", ...RUN_ROUTES, "GET /backtest_runs/{run_id}"],
  examples: [
    "sigma backtest spx_eq_swing_daily --thresholds 0,0.1,0.2",
    "sigma backtest spx_eq_swing_daily --top-pct 0.2",
    "sigma backtest spx_eq_swing_daily --gated --momentum-min 0.1 --require-pass",
    "sigma backtest spx_eq_swing_daily --split-kind cpcv --groups 6 --test-groups 2",
  ],
  async run({ session, args }) {
    const { paint } = session;
    const client = await session.api();
    const packId = await packOf(client, args.model, args.pack);
    const started = await startRun(session, {
      path: "/backtest",
      body: {
        pack_id: packId,
        model_id: args.model,
        ...evaluationBody(args),
        ...(args.save ? {} : { save: false }),
      },
      label: `backtest ${args.model}`,
      wait: args.wait,
    });
    if ("answer" in started) return started.answer;
    const { run } = started;
    const outputs = run.outputs as { readonly backtest: BacktestOutput };
    const found = outputs.backtest;
    const { report } = await client.get<{ readonly report: BacktestReport }>(`/backtest_runs/${run.run_id}`);
    const { metrics, paths } = report.variants[report.headline]!;
    const byHour = found.thresholds.some(({ hour_thresholds }) => hour_thresholds !== null);
    const thresholds = renderTable<Threshold>(
      [
        { header: "Threshold", align: "right", value: ({ threshold }) => decimal(threshold, 3) },
        ...(byHour ? [{ header: "By hour", value: (row: Threshold) => hourThresholdsText(row) ?? "none", shrinkTo: 12 }] : []),
        { header: "Trades", align: "right", value: ({ trades }) => count(trades) },
        { header: "Bets", align: "right", value: ({ bets }) => count(bets) },
        { header: "Sharpe (annual)", align: "right", value: ({ sharpe }) => decimal(sharpe) },
        { header: "Residual Sharpe", align: "right", value: ({ residual_sharpe }) => decimal(residual_sharpe) },
        { header: "Gate", value: ({ gate }) => paintStatus(paint, gate) },
        { header: "Row", value: ({ row_id }) => row_id, optional: 1 },
      ],
      found.thresholds,
      session.width,
    );
    const folds = renderTable(
      [
        { header: "Fold", align: "right", value: ({ fold }) => String(fold + 1) },
        { header: "Test from", value: ({ test }) => test.first },
        { header: "to", value: ({ test }) => test.last },
        { header: "Train rows", align: "right", value: ({ train }) => count(train.rows) },
        { header: "Log loss", align: "right", value: ({ model }) => decimal(model.log_loss, 4) },
        { header: "Prior's", align: "right", value: ({ prior }) => decimal(prior.log_loss, 4) },
        { header: "Trades", align: "right", value: ({ trades }) => count(trades) },
        { header: "Residual Sharpe", align: "right", value: ({ sharpe }) => decimal(sharpe) },
      ],
      report.folds,
      session.width,
    );
    const { exposure_matched, buy_and_hold } = report.benchmarks;
    const lines = [
      ...marksLine([...report.data.stamps, ...found.warnings.filter((code) => MARKED.includes(code))], paint),
      thresholds,
      "",
      `Best threshold, fold by fold${paths === null ? "" : ` on path ${report.path + 1} of ${paths.paths}, the one with the median residual Sharpe ratio`}:`,
      folds,
      "",
      renderFacts(
        [
          ["Total return (%)", `${percent(metrics.total_return)}   buy and hold ${percent(buy_and_hold.total_return)}`],
          [
            "Sharpe (annual)",
            `${decimal(metrics.sharpe)}   buy and hold ${decimal(buy_and_hold.sharpe)}, exposure matched ${decimal(exposure_matched.sharpe)}`,
          ],
          ["Residual Sharpe", decimal(metrics.residual.sharpe)],
          ...(paths === null
            ? []
            : [
                [`Over ${paths.paths} paths`, `Sharpe ${spreadText(paths.sharpe)}`] as const,
                ["", `residual Sharpe ${spreadText(paths.residual_sharpe)}`] as const,
              ]),
          ["Max drawdown (%)", decimal(metrics.max_drawdown_pct, 1)],
          ["Win rate (%)", percent(metrics.win_rate)],
          [
            "Log loss",
            `${decimal(found.log_loss, 4)}, the prior's ${decimal(found.prior_log_loss, 4)}${found.has_skill ? "" : ": no better than always guessing the base rate"}`,
          ],
          ...robustnessFacts(report.robustness),
          ["Trials so far", count(found.trials)],
          ["Run", run.run_id],
          ["As a page", `sigma report ${run.run_id} --out ${args.model}.html`],
        ],
        session.width,
      ),
      gateText(found.gate, paint),
      ...(found.warnings.length > 0 ? [`Warnings: ${found.warnings.join(", ")}`] : []),
    ];
    return {
      document: { run_id: run.run_id, model_id: args.model, pack_id: packId, ...found },
      text: lines.join("\n"),
      exitCode: gateExit(args["require-pass"], found.gate.status),
    };
  },
});

/** What is left of the result under other assumptions, in a line each. */
function robustnessFacts(found: BacktestReport["robustness"]): (readonly [string, string])[] {
  if (found === null) return [];
  const { costs_doubled, later_entry, break_even, capacity, random_entries, learner_seeds, permuted_labels } = found;
  const later = later_entry.map(({ bars, residual_sharpe }) => `${decimal(residual_sharpe)} at ${bars} bar${bars === 1 ? "" : "s"} later`);
  return [
    ["Robustness", `residual Sharpe ${decimal(costs_doubled.residual_sharpe)} at twice the costs, ${later.join(", ")}`],
    ["Break-even cost", `${decimal(break_even.total_return_bps, 1)} bp a side (charged ${decimal(break_even.charged_bps, 1)})`],
    ["Capacity (USD)", `${count(capacity.half_sharpe_usd)} halves the Sharpe ratio, ${count(capacity.no_alpha_usd)} ends the edge`],
    ["Random entries", `as good in ${percent(random_entries.p_value, 1)} % of ${random_entries.draws} draws`],
    ...(learner_seeds === null
      ? []
      : [
          [
            "Learner seeds",
            `residual Sharpe ${meanAndDeviation(learner_seeds.residual_sharpe)} over ${learner_seeds.results.length}`,
          ] as const,
        ]),
    ...(permuted_labels === null
      ? []
      : [
          [
            "Permuted labels",
            `residual Sharpe ${meanAndDeviation(permuted_labels.residual_sharpe)}, ${permuted_labels.reached} of ${permuted_labels.results.length} as good`,
          ] as const,
        ]),
  ];
}

const meanAndDeviation = ({ mean, sd }: { readonly mean: number | null; readonly sd: number | null }): string =>
  `${decimal(mean)} (sd ${decimal(sd)})`;

/** A distribution over paths: `-0.21 to 0.34, median 0.10, 40 % below 0`. */
function spreadText({ min, median, max, share_below_zero }: PathSpread["sharpe"]): string {
  return `${decimal(min)} to ${decimal(max)}, median ${decimal(median)}, ${percent(share_below_zero, 0)} % below 0`;
}
