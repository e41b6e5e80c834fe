import { sha256Base64 } from "../../core/digest.ts";
import { rollingSharpe } from "../../metrics/rolling-sharpe.ts";
import type { BacktestReport } from "../report.schema.ts";
import { escapeXml } from "../svg/draw.ts";
import { equityChart } from "../svg/equity-chart.ts";
import { foldBarsChart } from "../svg/fold-bars-chart.ts";
import { histogramChart } from "../svg/histogram-chart.ts";
import { reliabilityChart } from "../svg/reliability-chart.ts";
import { rollingSharpeChart } from "../svg/rolling-sharpe-chart.ts";
import { figure, list, raw, section, table, term } from "./markup.ts";
import { comparisonRows, type Fact, skillFacts, tradeFacts } from "./metric-facts.ts";
import { decimal, percent, whole } from "./numbers.ts";
import { headlineOutcome, splitsText, variantText } from "./report-text.ts";
import { answers, outcomeRows, ROBUSTNESS_NOTES } from "./robustness-rows.ts";
import { TEAR_SHEET_STYLE } from "./style.ts";
import { monthTable, profileTable } from "./tinted-tables.ts";
import { gateSentence, reasonLines, type Verdict } from "./verdict.ts";

const SESSIONS_PER_YEAR = 252;
/** Width of the page's content, and of one of two columns in it. */
const WIDE = 1040;
const HALF = 504;

/**
 * The report as one page that opens anywhere: no script, nothing from elsewhere, every picture in it. Equal reports and
 * verdicts give equal bytes.
 */
export function tearSheetHtml(report: BacktestReport, verdict: Verdict): string {
  const policy = `default-src 'none'; style-src 'sha256-${sha256Base64(TEAR_SHEET_STYLE)}'`;
  const { metrics } = report.variants[report.headline]!;
  const facts = [...skillFacts(metrics, verdict.significance, report.bootstrap_p), ...tradeFacts(metrics)];
  return `<!doctype html>
<html lang="en-US">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${escapeXml(policy)}">
<title>${escapeXml(`${report.model_id}: backtest`)}</title>
<style>${TEAR_SHEET_STYLE}</style>
</head>
<body>
${header(report, verdict)}
<main>
${[
  comparison(report, verdict, facts),
  equity(report),
  calendar(report),
  trades(report),
  models(report),
  robustness(report),
  variants(report),
  conditions(report),
  definitions(report, facts),
].join("\n")}
</main>
<footer>${escapeXml(`Backtest of ${report.model_id}, row ${verdict.rowId}. Past results, measured as stated above; no promise of any kind.`)}</footer>
</body>
</html>
`;
}

function header(report: BacktestReport, { gate, significance, score }: Verdict): string {
  const { metrics, params } = report.variants[report.headline]!;
  const chips = [
    `<li class="chip gate ${gate.status}">${escapeXml(`Gate: ${gate.status}`)}</li>`,
    ...report.data.stamps.map((stamp) => `<li class="chip">${escapeXml(stamp)}</li>`),
    `<li class="chip">${escapeXml(metrics.rf)}</li>`,
  ];
  const headline = [
    ["Residual Sharpe", decimal(metrics.residual.sharpe), `± ${decimal(metrics.residual.sharpe_se)} a year`],
    ["Deflated Sharpe", decimal(significance.dsr, 3), `${whole(significance.trials)} trial${significance.trials === 1 ? "" : "s"} counted`],
    ["Annual return, %", percent(metrics.annual_return), `total ${percent(metrics.total_return)}`],
    ["Largest drawdown, %", decimal(metrics.max_drawdown_pct, 1), `${whole(metrics.max_drawdown_sessions)} sessions`],
    ["Bets", whole(metrics.bets), `${whole(metrics.trades)} trades`],
    ["Score", decimal(score), gate.status === "PASS" ? "after the gate" : "not past the gate"],
  ].map(([name, value, more]) => `<div><dt>${escapeXml(name!)}</dt><dd>${escapeXml(value!)}<small>${escapeXml(more!)}</small></dd></div>`);
  const { first_session, last_session, statement, provider } = report.data;
  return `<header>
<h1>${escapeXml(report.model_id)}</h1>
<p class="sub">${escapeXml(`${report.symbol}, ${report.cadence}, out of sample ${report.equity.dates[0] ?? "n/a"} to ${report.equity.dates.at(-1) ?? "n/a"}; data from ${provider}, ${first_session} to ${last_session}`)}</p>
<p class="sub">${escapeXml(`${variantText(params)}; ${splitsText(report)}`)}</p>
${report.simulated ? `<p class="sim"><strong>SIMULATED DATA.</strong> ${escapeXml(statement ?? "")}</p>` : ""}
<ul class="chips">${chips.join("")}</ul>
<p>${escapeXml(gateSentence(gate))}</p>
${gate.reasons.length === 0 ? "" : list(reasonLines(gate))}
<dl class="facts">${headline.join("")}</dl>
</header>`;
}

function comparison(report: BacktestReport, { significance }: Verdict, facts: readonly Fact[]): string {
  const { metrics } = report.variants[report.headline]!;
  const { net_exposure } = report.benchmarks.exposure_matched;
  const factTable = (caption: string, rows: readonly Fact[]): string =>
    table({
      caption,
      columns: [{ head: "Measure" }, { head: "Value", number: true }],
      className: "pair",
      rows: rows.map(({ label, definition, value, reason }) => [
        term(label, definition),
        reason === null ? value : raw(`${escapeXml(value)} <span class="sub">${escapeXml(reason.replaceAll("_", " "))}</span>`),
      ]),
    });
  const skill = skillFacts(metrics, significance, report.bootstrap_p).length;
  return section("measures", "Measures, net of costs", [
    table({
      caption: `Against what could have been held instead (net exposure ${percent(net_exposure)} %)`,
      columns: [
        { head: "Measure" },
        { head: "Strategy", number: true },
        { head: "Buy and hold", number: true },
        { head: "Exposure matched", number: true },
        { head: "Prior learner", number: true },
      ],
      rows: comparisonRows(report).map(({ label, definition, values }) => [term(label, definition), ...values]),
      scroll: true,
    }),
    `<div class="cols">${factTable("Skill and significance", facts.slice(0, skill))}${factTable("Trades and costs", facts.slice(skill))}</div>`,
  ]);
}

function equity(report: BacktestReport): string {
  const { dates, strategy, buy_and_hold } = report.equity;
  const returns = Float64Array.from(strategy, (value, i) => {
    const before = i === 0 ? 1 : strategy[i - 1]!;
    const own = before > 0 ? value / before - 1 : 0;
    return own - (report.equity.risk_free?.[i] ?? 0);
  });
  const chart = {
    dates,
    strategy,
    buyAndHold: buy_and_hold,
    foldStarts: report.folds.map(({ test }) => dates.indexOf(test.first)).filter((at) => at >= 0),
  };
  const rolling = {
    dates,
    values: [...rollingSharpe(returns, SESSIONS_PER_YEAR, SESSIONS_PER_YEAR)],
    windowSessions: SESSIONS_PER_YEAR,
    overall: report.variants[report.headline]!.metrics.sharpe,
  };
  return section("equity", "Equity", [
    figure("Out-of-sample equity with drawdown, marked at every session's close", (width) => equityChart(chart, width), WIDE),
    figure(`Sharpe ratio of the last ${SESSIONS_PER_YEAR} sessions`, (width) => rollingSharpeChart(rolling, width), WIDE),
  ]);
}

function calendar({ equity: { dates, strategy } }: BacktestReport): string {
  return section("calendar", "Returns by month", [
    dates.length === 0 ? `<p class="note">n/a: no sessions.</p>` : monthTable(dates, strategy),
  ]);
}

function trades(report: BacktestReport): string {
  const profile = report.trade_profile;
  const { metrics } = report.variants[report.headline]!;
  const chart = { bins: profile.returns, mean: metrics.expectancy };
  return section("trades", "Trades", [
    `<div class="cols">${figure("Net returns of single trades", (width) => histogramChart(chart, width), HALF)}${orderTable(report)}</div>`,
    profileTable(profile),
  ]);
}

/** What became of the decisions that passed threshold, cut and hours, and how trades ended. */
function orderTable(report: BacktestReport): string {
  const { orders, exits, realised_share } = report.variants[report.headline]!;
  return table({
    caption: "Orders and exits",
    columns: [{ head: "What happened" }, { head: "Count", number: true }],
    rows: [
      ["Candidates: passed threshold, hours and cooldown", whole(orders.candidates)],
      ["Filled", whole(orders.filled)],
      ["Unfilled, no price or limit not reached", whole(orders.unfilled)],
      ["Refused: target too near, or a size unknown", whole(orders.refused_min_rr + orders.refused_unknown)],
      ...Object.entries(exits).map(([kind, count]) => [`Exit: ${kind.replaceAll("_", " ")}`, whole(count)]),
      ["Bars that touched stop and target, taken as stop", whole(orders.ambiguous_bars)],
      ["Decisions that threshold and top % let through, %", percent(realised_share)],
    ],
    className: "pair",
  });
}

function models(report: BacktestReport): string {
  const { folds, scores, reliability } = report;
  const bars = {
    folds: folds.map(({ test, sharpe }) => ({ first: test.first, sharpe })),
    overall: report.variants[report.headline]!.metrics.residual.sharpe,
  };
  return section("folds", "Folds and probabilities", [
    `<div class="cols">${figure("Residual Sharpe ratio of each test block", (width) => foldBarsChart(bars, width), HALF)}${figure(
      "Reliability: how often UP came when it was said to be so likely",
      (width) => reliabilityChart({ bins: reliability }, width),
      HALF,
    )}</div>`,
    `<p class="note">${escapeXml(
      `Pooled log loss ${decimal(scores.model.log_loss, 4)} against ${decimal(scores.prior.log_loss, 4)} of the base rates${scores.has_skill ? "" : ": no skill"}; Brier ${decimal(scores.model.brier, 4)}, expected calibration error ${decimal(scores.model.ece, 3)}, AUC ${decimal(scores.model.auc, 3)}, over ${whole(scores.rows)} forecasts.`,
    )}</p>`,
    ...(scores.calibration === null
      ? []
      : [
          `<p class="note">${escapeXml(
            `Brier taken apart: reliability ${decimal(scores.calibration.brier_reliability, 4)} - resolution ${decimal(scores.calibration.brier_resolution, 4)} + uncertainty ${decimal(scores.calibration.brier_uncertainty, 4)} + within bins ${decimal(scores.calibration.brier_within_bins, 4)}; largest error of a bin ${decimal(scores.calibration.mce, 3)}.`,
          )}</p>`,
        ]),
    ...(scores.regression === null
      ? []
      : [
          `<p class="note">${escapeXml(
            `Predicted returns: out-of-sample R² ${decimal(scores.regression.r2, 4)}, mean absolute error ${percent(scores.regression.mae, 3)} % against ${percent(scores.regression.mae_of_mean, 3)} % of the training means.`,
          )}</p>`,
        ]),
    table({
      caption: "Test blocks",
      columns: [
        { head: "Fold" },
        { head: "Test from" },
        { head: "to" },
        { head: "Train rows", number: true },
        { head: "Log loss", number: true },
        { head: "Prior's", number: true },
        { head: "Trades", number: true },
        { head: "Won, %", number: true },
        { head: "Residual Sharpe", number: true },
      ],
      rows: folds.map(({ fold, test, train, model, prior, trades: opened, win_rate, sharpe }) => [
        String(fold + 1),
        test.first,
        test.last,
        whole(train.rows),
        decimal(model.log_loss, 4),
        decimal(prior.log_loss, 4),
        whole(opened),
        percent(win_rate, 0),
        decimal(sharpe),
      ]),
      scroll: true,
    }),
  ]);
}

function robustness(report: BacktestReport): string {
  const found = report.robustness;
  if (found === null)
    return section("robustness", "Robustness", [`<p class="note">Not asked for: this backtest was run with robustness: none.</p>`]);
  return section("robustness", "Robustness", [
    table({
      caption: "The same variant under other assumptions",
      columns: [
        { head: "Assumption" },
        { head: "Trades", number: true },
        { head: "Total return, %", number: true },
        { head: "Sharpe, annual", number: true },
        { head: "Residual Sharpe", number: true },
        { head: "Drawdown, %", number: true },
      ],
      rows: outcomeRows(found, headlineOutcome(report)),
      scroll: true,
    }),
    table({
      caption: "How much it takes to end it",
      columns: [{ head: "Question" }, { head: "Answer" }],
      rows: answers(found).map(({ question, answer }) => [question, answer]),
      className: "wrap",
    }),
    ...ROBUSTNESS_NOTES.map((note) => `<p class="note">${escapeXml(note)}</p>`),
  ]);
}

function variants(report: BacktestReport): string {
  if (report.variants.length === 1) return "";
  return section("variants", "All variants of this backtest", [
    table({
      caption: "Each counts as a trial",
      columns: [
        { head: "Variant" },
        { head: "Trades", number: true },
        { head: "Bets", number: true },
        { head: "Total return, %", number: true },
        { head: "Sharpe, annual", number: true },
        { head: "Residual Sharpe", number: true },
        { head: "Drawdown, %", number: true },
      ],
      rows: report.variants.map(({ params, metrics }, i) => [
        `${variantText(params)}${i === report.headline ? " (shown here)" : ""}`,
        whole(metrics.trades),
        whole(metrics.bets),
        percent(metrics.total_return),
        decimal(metrics.sharpe),
        decimal(metrics.residual.sharpe),
        decimal(metrics.max_drawdown_pct, 1),
      ]),
      scroll: true,
    }),
  ]);
}

function conditions(report: BacktestReport): string {
  const { assumptions, warnings, lineage, data } = report;
  const lineageRows = [...Object.entries(lineage), ["data_fingerprint", data.fingerprint] as const];
  return [
    section("assumptions", "Assumptions", [list(assumptions.statements)]),
    section("warnings", "Warnings", [
      warnings.length === 0 ? `<p class="note">None.</p>` : list(warnings.map((code) => raw(`<code>${escapeXml(code)}</code>`))),
    ]),
    section("lineage", "Lineage", [
      table({
        caption: "Digests of everything that the result depends on",
        columns: [{ head: "Input" }, { head: "Digest" }],
        rows: lineageRows.map(([key, value]) => [key, raw(`<code>${escapeXml(value)}</code>`)]),
        className: "wrap",
      }),
    ]),
  ].join("\n");
}

function definitions(report: BacktestReport, facts: readonly Fact[]): string {
  const all = [...comparisonRows(report), ...facts];
  const items = all.map(({ label, definition }) => `<dt>${escapeXml(label)}</dt><dd>${escapeXml(definition)}</dd>`).join("\n");
  return section("definitions", "Definitions", [
    `<details><summary>What each measure means</summary><dl class="defs">${items}</dl></details>`,
  ]);
}
