import type { Json } from "#lib/core/canonical-json.ts";
import { isSimulatedWorkspace } from "#lib/core/workspace.ts";
import type { LeaderboardRow } from "#lib/leaderboard/rows.schema.ts";
import { decimal, percent, wrap } from "../format.ts";
import { type Paint, paintStatus } from "../paint.ts";
import { renderTable } from "../table.ts";
import type { Journey } from "./journey.ts";

const SHOWN_ROWS = 5;

/** What a journey found, in words and one table, for somebody who sees the product for the first time. */
export function tellStory(title: string, journey: Journey, plots: readonly string[], paint: Paint, width: number): string {
  const { rows, sweep, trained, signal, backtest } = journey;
  const say = (text: string): string => wrap(text, Math.min(width, 110));
  return [
    paint("bold", title),
    say(dataLine(journey)),
    ...(journey.statement === null ? [] : [say(journey.statement)]),
    "",
    say(skillLine(backtest)),
    "",
    leaderboard(rows, paint, width),
    rows.length > SHOWN_ROWS
      ? paint(
          "dim",
          `(${rows.length - SHOWN_ROWS} more distinct variants: sigma leaderboard --model ${journey.modelId}${isSimulatedWorkspace(trained.owner) ? " --workspace simulated" : ""})`,
        )
      : "",
    "",
    say(verdictLine(journey)),
    say(luckLine(sweep)),
    "",
    say(holdoutLine(journey)),
    "",
    `${paintStatus(paint, signal.signal)} ${signal.ticker} as of ${signal.timestamp.slice(0, 10)}, confidence ${decimal(signal.confidence, 3)} ${paint("yellow", marks(journey).join(" "))}`,
    ...signal.reasons.map(({ text }) => wrap(`- ${text}`, Math.min(width, 110), "  ")),
    paint("dim", `  ${trained.trained_model_id}, matrix ${trained.lineage.matrix_sha.slice(0, 12)}, code ${trained.lineage.code_version}`),
    "",
    ...plots.map((path) => `Plot: ${path}`),
  ]
    .filter((line, i, lines) => line !== "" || lines[i - 1] !== "")
    .join("\n");
}

/** Loud marks once each: the data's own stamp `simulated` is the mark SIMULATED already. */
const marks = ({ signal }: Journey): string[] => [
  ...(signal.replay ? ["REPLAY"] : []),
  ...signal.stamps.filter((stamp) => !signal.stamps.includes(stamp.toUpperCase()) || stamp === stamp.toUpperCase()),
];

function dataLine({ matrix, trained, modelId }: Journey): string {
  const stamps = (matrix["stamps"] as readonly string[]).join(", ");
  return `${modelId}: ${Number(matrix["rows"])} rows x ${Number(matrix["columns"])} columns, stamped ${stamps}. ${Number(matrix["values_compared"])} values were compared with builds that could not see the future, and none differed. Last row ${trained.holdout?.end ?? "n/a"}.`;
}

function skillLine(backtest: Readonly<Record<string, Json>>): string {
  const own = decimal(backtest["log_loss"] as number | null, 4);
  const prior = decimal(backtest["prior_log_loss"] as number | null, 4);
  return backtest["has_skill"] === true
    ? `Out of sample the model's log loss is ${own} and the base rates' is ${prior}: its probabilities say something.`
    : `Out of sample the model's log loss is ${own}, and simply naming the base rates gets ${prior}: these probabilities are no better than knowing nothing.`;
}

function leaderboard(rows: readonly LeaderboardRow[], paint: Paint, width: number): string {
  return renderTable<LeaderboardRow>(
    [
      { header: "Gate", value: ({ gate }) => paintStatus(paint, gate.status) },
      { header: "Edge", align: "right", value: ({ params }) => decimal(params.threshold, 2) },
      { header: "Top %", align: "right", value: ({ params }) => percent(params.top_pct, 0) },
      { header: "Hold bars", align: "right", value: ({ params }) => String(params.hold_bars ?? "n/a") },
      { header: "Bets", align: "right", value: ({ metrics }) => String(metrics.bets) },
      { header: "Sharpe", align: "right", value: ({ metrics }) => decimal(metrics.sharpe) },
      { header: "Residual", align: "right", value: ({ metrics }) => decimal(metrics.residual.sharpe) },
      { header: "Return %", align: "right", value: ({ metrics }) => percent(metrics.total_return, 0) },
      { header: "DD %", align: "right", value: ({ metrics }) => decimal(metrics.max_drawdown_pct, 1) },
      { header: "DSR", align: "right", value: ({ significance }) => decimal(significance.dsr, 3) },
      { header: "Why", shrinkTo: 24, value: ({ gate }) => gate.reasons.map(({ code }) => code).join(", ") || "every limit holds" },
    ],
    rows.slice(0, SHOWN_ROWS),
    width,
  );
}

function verdictLine({ sweep, rows, trained }: Journey): string {
  const counts = `${sweep.variants} variants, ${sweep.distinct} of them distinct: ${sweep.pass} PASS, ${sweep.marginal} MARGINAL, ${sweep.marginal_sig} MARGINAL_SIG, ${sweep.fail} FAIL.`;
  const best = rows[0];
  if (sweep.pass > 0)
    return `${counts} The recommended one (${sweep.selection.replace("_", " ")}) was trained without anybody overruling the gate.`;
  const limit = best?.gate.reasons.find(({ code }) => code === "dsr_below_min")?.limit;
  const dsr = `the best one's deflated Sharpe ratio is ${decimal(sweep.dsr_best, 2)}${typeof limit === "number" ? `, the gate asks for ${decimal(limit, 2)}` : ""}`;
  return `${counts} No variant passed: ${dsr}. That is the product working: nothing here deserves money. The best row was trained as research (${trained.stamps.includes("UNPROVEN") ? "UNPROVEN" : trained.gate_status}), which may trade on paper only.`;
}

function luckLine({ luck_sharpe, trials, pbo, p_oos_loss }: Journey["sweep"]): string {
  return `Luck alone would have shown a Sharpe ratio of ${decimal(luck_sharpe)} as the best of ${trials} tries. The in-sample winner ends in the lower half out of sample in ${percent(pbo, 0)} % of the splits, and loses money in ${percent(p_oos_loss, 0)} %.`;
}

function holdoutLine({ trained }: Journey): string {
  const { holdout } = trained;
  if (holdout === null) return "";
  const found = `The holdout (${holdout.start} to ${holdout.end}, looked at ${holdout.looks === 1 ? "once" : `${holdout.looks} times`}) gave a residual Sharpe ratio of ${decimal(holdout.sharpe)} after ${decimal(holdout.backtest_sharpe)} in the backtest`;
  if (holdout.probability_this_low === null) return `${found}.`;
  return `${found}; were the backtest true, so low a value would have a probability of ${decimal(holdout.probability_this_low, 3)}. ${holdout.vetoed ? "That is a veto." : "No veto."}`;
}
