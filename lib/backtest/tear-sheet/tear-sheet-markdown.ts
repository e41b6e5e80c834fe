import type { BacktestReport } from "../report.schema.ts";
import { comparisonRows, type Fact, skillFacts, tradeFacts } from "./metric-facts.ts";
import { monthReturns } from "./month-returns.ts";
import { decimal, percent, whole } from "./numbers.ts";
import { headlineOutcome, splitsText, variantText } from "./report-text.ts";
import { answers, outcomeRows, ROBUSTNESS_NOTES } from "./robustness-rows.ts";
import { gateSentence, reasonLines, type Verdict } from "./verdict.ts";

/** The report as Markdown: the tear sheet's tables without its pictures. Equal reports and verdicts give equal bytes. */
export function tearSheetMarkdown(report: BacktestReport, verdict: Verdict): string {
  const { data, equity, symbol, cadence, model_id, simulated } = report;
  const { metrics, params } = report.variants[report.headline]!;
  const parts = [
    `# ${text(model_id)}: backtest`,
    `${text(symbol)}, ${cadence}, out of sample ${equity.dates[0] ?? "n/a"} to ${equity.dates.at(-1) ?? "n/a"}; data from ${text(data.provider)}, ${data.first_session} to ${data.last_session}. ${text(variantText(params))}; ${splitsText(report)}.`,
    ...(simulated ? [`**SIMULATED DATA.** ${text(data.statement ?? "")}`.trim()] : []),
    `Stamps: ${[...data.stamps, metrics.rf].map((stamp) => `\`${stamp}\``).join(", ")}`,
    `## Gate: ${verdict.gate.status}`,
    gateSentence(verdict.gate),
    ...(verdict.gate.reasons.length === 0 ? [] : [list(reasonLines(verdict.gate))]),
    "## Measures, net of costs",
    grid(
      ["Measure", "Strategy", "Buy and hold", "Exposure matched", "Prior learner"],
      comparisonRows(report).map(({ label, values }) => [label, ...values]),
    ),
    facts("Skill and significance", skillFacts(metrics, verdict.significance, report.bootstrap_p)),
    facts("Trades and costs", tradeFacts(metrics)),
    "## Returns by year",
    grid(
      ["Year", "Net return, %"],
      monthReturns(equity.dates, equity.strategy).map(({ year, total }) => [year, percent(total)]),
    ),
    "## Folds",
    grid(
      ["Fold", "Test from", "to", "Train rows", "Log loss", "Prior's", "Trades", "Residual Sharpe"],
      report.folds.map(({ fold, test, train, model, prior, trades, sharpe }) => [
        String(fold + 1),
        test.first,
        test.last,
        whole(train.rows),
        decimal(model.log_loss, 4),
        decimal(prior.log_loss, 4),
        whole(trades),
        decimal(sharpe),
      ]),
    ),
    "## Robustness",
    ...robustness(report),
    "## Assumptions",
    list(report.assumptions.statements),
    "## Warnings",
    report.warnings.length === 0 ? "None." : list(report.warnings.map((code) => `\`${code}\``)),
    "## Lineage",
    [...Object.entries(report.lineage), ["data_fingerprint", data.fingerprint] as const]
      .map(([key, value]) => `- ${key}: \`${value}\``)
      .join("\n"),
  ];
  return `${parts.join("\n\n")}\n`;
}

function robustness(report: BacktestReport): string[] {
  if (report.robustness === null) return ["Not asked for: this backtest was run with `robustness: none`."];
  return [
    grid(
      ["Assumption", "Trades", "Total return, %", "Sharpe, annual", "Residual Sharpe", "Drawdown, %"],
      outcomeRows(report.robustness, headlineOutcome(report)),
    ),
    grid(
      ["Question", "Answer"],
      answers(report.robustness).map(({ question, answer }) => [question, answer]),
      false,
    ),
    list(ROBUSTNESS_NOTES),
  ];
}

function facts(heading: string, rows: readonly Fact[]): string {
  const cells = rows.map(({ label, value, reason, definition }) => [label, reason === null ? value : `${value} (${reason})`, definition]);
  return `### ${heading}\n\n${table(["Measure", "Value", "Meaning"], [false, true, false], cells)}`;
}

/** A table whose first column is text and whose others are numbers, unless all are text. */
const grid = (heads: readonly string[], rows: readonly (readonly string[])[], numbers = true): string =>
  table(
    heads,
    heads.map((_, i) => numbers && i > 0),
    rows,
  );

function table(heads: readonly string[], numbers: readonly boolean[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(text).join(" | ")} |`;
  return [line(heads), `| ${numbers.map((number) => (number ? "---:" : "---")).join(" | ")} |`, ...rows.map(line)].join("\n");
}

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");

/** Text that a table's cell and a heading can hold: no line break, and nothing that Markdown would read as markup. */
const text = (content: string): string => content.replace(/[\r\n]+/g, " ").replace(/[\\|<>*_[\]]/g, (mark) => `\\${mark}`);
