import { describe, expect, it } from "vitest";
import { html } from "#functions/shared/html.ts";
import { renderStatus, type StatusView } from "#infra/local/status-page.ts";
import { rowWith } from "../../lib/leaderboard/rows.fixture.ts";

const empty: StatusView = { version: "0.1.0+abc", home: "/tmp/home", simulated: false, runs: [], rows: [], trained: [], signals: [] };

const run = (changes: Partial<StatusView["runs"][number]> = {}): StatusView["runs"][number] => ({
  run_id: "backtest_0123",
  machine: "backtest",
  pack_id: "swingsigma",
  model_id: "spx_eq_swing_daily",
  tag: "backtest",
  status: "succeeded",
  attempt: 1,
  created_at: "2026-11-20T19:05:00.000Z",
  ended_at: null,
  progress: { done: 7, expected: 7, share: 1 },
  step: "RunBacktest",
  message: "1 threshold evaluated",
  outputs: null,
  error: null,
  links: { self: "/v1/runs/backtest_0123", plot_equity: "/v1/artifacts/owners/local/evaluations/ab/equity.svg" },
  ...changes,
});

describe("html", () => {
  it("escapes values in elements and attributes, and keeps markup", () => {
    const hostile = `"><script>alert('x')&`;
    expect(html`<a title="${hostile}">${hostile}</a>`.text).toBe(
      '<a title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&amp;</a>',
    );
    expect(html`<b>${[html`<i>${1}</i>`, null, undefined]}</b>`.text).toBe("<b><i>1</i></b>");
  });
});

describe("renderStatus", () => {
  it("says what to do when there is nothing yet", () => {
    const page = renderStatus(empty);
    expect(page).toContain("<!doctype html>");
    for (const text of ["0.1.0+abc", "/tmp/home", "LOCAL", "No results yet.", "No runs yet.", "No trained models yet.", "No signals yet."])
      expect(page).toContain(text);
    expect(page).not.toContain("<script");
    expect(page).not.toContain("http-equiv");
  });

  it("shows each gate status as its own chip, with the reasons and what was asked", () => {
    const statuses = ["PASS", "MARGINAL", "MARGINAL_SIG", "FAIL"] as const;
    const reason = { code: "dsr_below_limit", metric: "dsr", value: 0.52, limit: 0.9 };
    const page = renderStatus({
      ...empty,
      rows: statuses.map((status) => rowWith({ gate: { status, reasons: status === "PASS" ? [] : [reason] } })),
    });
    for (const status of statuses) expect(page).toContain(`<span class="chip ${status.toLowerCase()}">${status}</span>`);
    expect(page).toContain("dsr below limit (0.52, asked 0.9)");
    expect(page).toContain("1 of the 4 best results passed the gate.");
  });

  it("says plainly that nothing passed, and why the best did not", () => {
    const gate = { status: "FAIL" as const, reasons: [{ code: "no_skill", metric: "log_loss", value: 0.6868, limit: 0.6866 }] };
    expect(renderStatus({ ...empty, rows: [rowWith({ gate })] })).toContain(
      "No result shown here passed the gate; the best one: no skill (0.6868, asked 0.6866).",
    );
  });

  it("writes unknown numbers as a dash, never as zero", () => {
    const page = renderStatus({ ...empty, rows: [{ ...rowWith(), sharpe: null }] });
    expect(page).toContain('data-label="Sharpe">–<');
  });

  it("embeds the plots of the newest run that has some", () => {
    const page = renderStatus({ ...empty, runs: [run({ links: { self: "/v1/runs/x" } }), run()] });
    expect(page).toContain('<img src="/v1/artifacts/owners/local/evaluations/ab/equity.svg" alt="equity of spx_eq_swing_daily"');
    expect(page).toContain("2026-11-20 14:05 ET");
  });

  it("reloads itself while something runs", () => {
    const page = renderStatus({ ...empty, runs: [run({ status: "running", progress: { done: 1, expected: 4, share: 0.25 } })] });
    expect(page).toContain('http-equiv="refresh"');
    expect(page).toContain('value="0.25"');
    expect(page).toContain("25 %");
  });

  it("marks the simulated workspace everywhere and stays in it", () => {
    const page = renderStatus({
      ...empty,
      simulated: true,
      runs: [run()],
      rows: [rowWith({ stamps: { simulated: true, survivorship_biased: false, repriced: false, price_return_only: false, rf: "rf=0" } })],
    });
    expect(page.split("SIMULATED").length).toBeGreaterThan(3);
    expect(page).toContain("/v1/runs/backtest_0123?workspace=simulated");
    expect(page).toContain("equity.svg?workspace=simulated");
  });

  it("escapes whatever stands in a record", () => {
    const hostile = '<img src=x onerror="alert(1)">';
    const page = renderStatus({
      ...empty,
      home: hostile,
      version: hostile,
      runs: [
        run({
          message: hostile,
          model_id: hostile as never,
          error: { code: hostile, detail: hostile },
          links: { self: `javascript:"${hostile}` },
        }),
      ],
      rows: [rowWith({ model_id: hostile as never })],
    });
    expect(page).not.toContain("<img src=x");
    expect(page).not.toContain('"alert');
  });
});
