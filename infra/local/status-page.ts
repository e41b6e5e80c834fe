import { type RunView, runView } from "#functions/api/runs/run-view.ts";
import { html, Markup } from "#functions/shared/html.ts";
import { isSimulatedWorkspace } from "#lib/core/workspace.ts";
import type { GateReason, GateStatus } from "#lib/leaderboard/gate.schema.ts";
import { queryRows } from "#lib/leaderboard/leaderboard-store.ts";
import type { LeaderboardRow } from "#lib/leaderboard/rows.schema.ts";
import type { TrainedModel } from "#lib/publishing/trained-model.schema.ts";
import { listTrainedModels } from "#lib/publishing/trained-model-store.ts";
import { listRuns } from "#lib/runs/run-store.ts";
import type { Signal } from "#lib/signals/signal.schema.ts";
import { listSignals } from "#lib/signals/signal-store.ts";
import { hourThresholdsText } from "#lib/sweeps/variant.schema.ts";
import type { LocalSystem } from "./local-system.ts";
import { STATUS_STYLE, STATUS_STYLE_DIGEST } from "./status-style.ts";

export interface StatusView {
  readonly version: string;
  readonly home: string;
  readonly simulated: boolean;
  readonly runs: readonly RunView[];
  readonly rows: readonly LeaderboardRow[];
  readonly trained: readonly TrainedModel[];
  readonly signals: readonly Signal[];
}

/** What the page shows of one workspace. */
export async function readStatus(system: Pick<LocalSystem, "home" | "ports" | "workflow">, owner: string): Promise<StatusView> {
  const ports = { ...system.ports, workflow: system.workflow };
  const { metadata } = ports;
  const [runs, rows, trained, signals] = await Promise.all([
    listRuns(metadata, owner, {}, { limit: 12 }),
    queryRows(metadata, owner, { sort: "score" }, { limit: 8 }),
    listTrainedModels(metadata, owner, { limit: 12 }),
    listSignals(metadata, owner, { limit: 8 }),
  ]);
  return {
    version: ports.codeVersion,
    home: system.home,
    simulated: isSimulatedWorkspace(owner),
    runs: await Promise.all(runs.rows.map((run) => runView(ports, run))),
    rows: rows.rows,
    trained: [...trained.rows].sort((a, b) => (a.created_at < b.created_at ? 1 : -1)),
    signals: signals.rows,
  };
}

/** What the status page may do: wear its own style and show the plots. */
export const STATUS_POLICY = `default-src 'none'; style-src ${STATUS_STYLE_DIGEST}; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

/** The page at `/status`, for machines without the app: plain HTML, no script, every value escaped. */
export function renderStatus(view: StatusView): string {
  const { simulated, runs } = view;
  const busy = runs.some(({ status }) => status === "running");
  const workspace = simulated ? "?workspace=simulated" : "";
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Sigma Lab${simulated ? " (SIMULATED)" : ""}</title>${busy ? html`<meta http-equiv="refresh" content="3">` : ""}
<style>${new Markup(STATUS_STYLE)}</style></head><body>
<header class="top"><h1>Sigma Lab</h1>
<span class="mark">LOCAL</span>${simulated ? html`<span class="mark warn">SIMULATED</span>` : ""}
<a href="/app/">Open the app</a>
<nav aria-label="Workspace"><a href="/status"${current(!simulated)}>Real data</a><a href="/status?workspace=simulated"${current(simulated)}>Simulated data</a></nav>
<span class="where">${view.version}, home <code>${view.home}</code>, <a href="/healthz">health</a>, <a href="/docs">API</a></span></header>
<main>
${simulated ? html`<section><p><span class="mark warn">SIMULATED</span> Everything here was computed on generated prices with a planted edge. It says how the gate works, nothing about any market.</p></section>` : ""}
${leaderboard(view.rows)}${plots(runs, workspace)}${runTable(runs, workspace)}${trainedTable(view.trained, workspace)}${signalTable(view.signals, workspace)}
</main></body></html>`;
  return page.text;
}

const current = (is: boolean): Markup | string => (is ? html` aria-current="page"` : "");

function leaderboard(rows: readonly LeaderboardRow[]): Markup {
  const verdict = verdictOf(rows);
  return section(
    "Leaderboard",
    "best first, out of sample, net of costs",
    rows.length === 0,
    "No results yet. Create a model, build its matrix and run a backtest or a sweep: sigma demo does all of it.",
    html`<p>${verdict}</p><div class="scroll"><table><thead><tr><th>Gate</th><th>Model</th><th>Variant</th><th class="n">Sharpe</th><th class="n">Residual Sharpe</th><th class="n">Return, %</th><th class="n">Max drawdown, %</th><th class="n">Trades</th><th class="n">Deflated Sharpe</th><th>Why</th></tr></thead><tbody>${rows.map(
      (row) =>
        html`<tr><td>${chip(row.gate.status)} ${row.stamps.simulated ? warn("SIMULATED") : ""} ${row.stamps.trains_on_later_rows ? warn("TRAINED ON LATER ROWS TOO") : ""}</td><td class="id">${row.model_id}</td><td>${variantText(row)}</td>${number("Sharpe", row.sharpe, 2)}${number("residual", row.metrics.residual.sharpe, 2)}${number("return %", percent(row.total_return), 1, true)}${number("drawdown %", row.metrics.max_drawdown_pct, 1)}${number("trades", row.metrics.trades, 0)}${number("DSR", row.significance.dsr, 2)}<td class="reasons">${reasonsText(row.gate.reasons)}</td></tr>`,
    )}</tbody></table></div>`,
  );
}

/** The answer in one sentence, before any table. */
function verdictOf(rows: readonly LeaderboardRow[]): string {
  const passed = rows.filter(({ gate }) => gate.status === "PASS").length;
  if (passed > 0) return `${passed} of the ${rows.length} best results passed the gate.`;
  const best = rows[0];
  return `No result shown here passed the gate${best && best.gate.reasons.length > 0 ? `; the best one: ${reasonsText(best.gate.reasons)}.` : "."}`;
}

function runTable(runs: readonly RunView[], workspace: string): Markup {
  return section(
    "Recent runs",
    "newest first",
    runs.length === 0,
    "No runs yet.",
    html`<div class="scroll"><table><thead><tr><th>Started</th><th>What</th><th>Model</th><th>Status</th><th>Progress</th><th>Last step</th></tr></thead><tbody>${runs.map(
      ({ run_id, machine, model_id, status, progress, message, error, created_at, links }) =>
        html`<tr><td>${easternTime(created_at)}</td><td><a href="${links["self"] ?? ""}${workspace}" title="${run_id}">${machine}</a></td><td class="id">${model_id}</td><td>${status === "failed" || status === "interrupted" ? warn(status) : status}</td><td><progress max="1" value="${progress.share}" aria-label="${machine} progress"></progress> ${Math.round(progress.share * 100)} %</td><td class="reasons">${error === null ? (status === "interrupted" ? `Its process died. Go on with: sigma runs resume ${run_id}` : message) : `${error.code}: ${error.detail}`}</td></tr>`,
    )}</tbody></table></div>`,
  );
}

/** The pictures of the newest backtest that has some. */
function plots(runs: readonly RunView[], workspace: string): Markup | string {
  const run = runs.find(({ links }) => links["plot_equity"] !== undefined);
  if (!run) return "";
  const pictures = Object.entries(run.links).filter(([name]) => name.startsWith("plot_"));
  return html`<section><h2>Plots <small>${run.machine} of ${run.model_id}, ${easternTime(run.created_at)}</small></h2><div class="plots">${pictures.map(
    ([name, link]) =>
      html`<figure><a href="${link}${workspace}"><img src="${link}${workspace}" alt="${name.slice("plot_".length)} of ${run.model_id}" loading="lazy"></a><figcaption>${name.slice("plot_".length)}</figcaption></figure>`,
  )}</div></section>`;
}

function trainedTable(trained: readonly TrainedModel[], workspace: string): Markup {
  return section(
    "Trained models",
    "judged once on the untouched end of the history",
    trained.length === 0,
    "No trained models yet. Train a leaderboard row: sigma train.",
    html`<div class="scroll"><table><thead><tr><th>Model</th><th>Status</th><th>Gate</th><th class="n">Holdout Sharpe</th><th class="n">Looks</th></tr></thead><tbody>${trained.map(
      ({ trained_model_id, model_id, status, stage, gate_status, proven, stamps, holdout }) =>
        html`<tr><td><span class="id">${model_id}</span><br><a class="id" href="/v1/model_card?trained_model_id=${trained_model_id}${workspace.replace("?", "&")}">${trained_model_id}</a></td><td>${status}${stage === null ? "" : ` (${stage})`}</td><td>${chip(gate_status)} ${proven ? "" : warn("UNPROVEN")} ${stamps.some((stamp) => stamp.toUpperCase() === "SIMULATED") ? warn("SIMULATED") : ""}${holdout?.vetoed ? warn("HOLDOUT VETO") : ""}</td>${number("holdout Sharpe", holdout?.sharpe ?? null, 2)}${number("looks", holdout?.looks ?? null, 0)}</tr>`,
    )}</tbody></table></div>`,
    "half",
  );
}

function signalTable(signals: readonly Signal[], workspace: string): Markup {
  return section(
    "Last signals",
    "decision time, then what and why",
    signals.length === 0,
    "No signals yet. Publish a trained model, then: sigma signals run.",
    html`<div class="scroll"><table><thead><tr><th>Time</th><th>Signal</th><th class="n">Confidence</th><th>Why</th></tr></thead><tbody>${signals.map(
      ({ signal_id, timestamp, ticker, signal, closes, confidence, proven, replay, stamps, reasons }) =>
        html`<tr><td>${easternTime(timestamp)}</td><td><a href="/v1/signals/${signal_id}${workspace}">${signal}${closes ? " to close" : ""} ${ticker}</a><br>${replay ? html`<span class="mark">REPLAY</span> ` : ""}${proven ? "" : warn("UNPROVEN")} ${stamps.some((stamp) => stamp.toUpperCase() === "SIMULATED") ? warn("SIMULATED") : ""}</td>${number("confidence", confidence, 3)}<td class="reasons">${reasons.map(({ text }) => text).join(" ")}</td></tr>`,
    )}</tbody></table></div>`,
    "half",
  );
}

function section(title: string, note: string, empty: boolean, whenEmpty: string, content: Markup, width = "whole"): Markup {
  return html`<section class="${width}"><h2>${title} <small>${note}</small></h2>${empty ? html`<p class="soft">${whenEmpty}</p>` : content}</section>`;
}

const chip = (status: GateStatus): Markup => html`<span class="chip ${status.toLowerCase()}">${status}</span>`;
const warn = (text: string): Markup => html`<span class="mark warn">${text}</span>`;

/** A right-aligned number; an unknown one is a dash, never a zero. */
function number(label: string, value: number | null, digits: number, signed = false): Markup {
  if (value === null) return html`<td class="n" data-label="${label}">–</td>`;
  const text = `${signed && value > 0 ? "+" : ""}${value.toFixed(digits)}`;
  const tone = signed && value !== 0 ? (value > 0 ? " gain" : " loss") : "";
  return html`<td class="n${tone}" data-label="${label}">${text}</td>`;
}

const percent = (share: number | null): number | null => (share === null ? null : share * 100);

function variantText({ params }: LeaderboardRow): string {
  const { threshold_mode, threshold, top_pct, hold_bars, hours } = params;
  const byHour = hourThresholdsText(params);
  return [
    threshold === null ? null : `${threshold_mode} ${threshold}`,
    byHour === null ? null : `by hour ${byHour}`,
    top_pct === null ? null : `top ${Math.round(top_pct * 1000) / 10} %`,
    hold_bars === null ? null : `hold ${hold_bars}`,
    hours === null ? null : `hours ${hours.join(" ")}`,
  ]
    .filter((part) => part !== null)
    .join(", ");
}

const reasonsText = (reasons: readonly GateReason[]): string =>
  reasons
    .map(
      ({ code, value, limit }) =>
        `${code.replaceAll("_", " ")}${value === null && limit === null ? "" : ` (${shown(value)}, asked ${shown(limit)})`}`,
    )
    .join("; ");

function shown(value: GateReason["value"]): string {
  if (value === null) return "n/a";
  const numbers = typeof value === "number" ? [value] : value;
  return numbers.map((one) => String(Math.round(one * 1e4) / 1e4)).join(" to ");
}

const EASTERN = new Intl.DateTimeFormat("en-CA", {
  timeZone: "America/New_York",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** `2026-11-20 14:05 ET`. */
function easternTime(iso: string): string {
  const parts = Object.fromEntries(EASTERN.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  return `${parts["year"]}-${parts["month"]}-${parts["day"]} ${parts["hour"]}:${parts["minute"]} ET`;
}
