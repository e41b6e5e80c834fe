import { describe, expect, it } from "vitest";
import { type CheckedReport, performanceCheck } from "#lib/packs/performance-check.ts";

const good: CheckedReport = {
  headline: 0,
  simulated: false,
  data: { first_session: "2023-01-03", last_session: "2023-11-01" },
  scores: { rows: 150 },
  folds: [{ notes: [] }, { notes: ["single_class"] }],
  variants: [{ metrics: { sharpe: 0.6, trades: 40 } }],
};
const metrics = (sharpe: number | null, trades = 40): Partial<CheckedReport> => ({ variants: [{ metrics: { sharpe, trades } }] });
const judged = (change: Partial<CheckedReport>, gate?: number) => {
  const { accepted, findings } = performanceCheck({ report: { ...good, ...change } }, gate);
  return [accepted, ...findings.map(({ code, severity }) => `${code} ${severity}`)];
};

describe("performanceCheck", () => {
  it("accepts a pack that trades and does not lose much", () => {
    expect(performanceCheck({ report: good })).toEqual({ accepted: true, findings: [] });
  });

  it.each<[string, Partial<CheckedReport>, number | undefined]>([
    ["a Sharpe ratio just above -0.5", metrics(-0.4999), undefined],
    ["10 trades", metrics(0.6, 10), undefined],
    ["180 days", { data: { first_session: "2023-01-01", last_session: "2023-06-30" } }, undefined],
    ["a Sharpe ratio that is the gate's", metrics(0.4), 0.4],
    [
      "the headline among several variants",
      { headline: 1, variants: [{ metrics: { sharpe: -2, trades: 0 } }, ...good.variants] },
      undefined,
    ],
  ])("accepts %s without a word", (_what, change, gate) => {
    expect(judged(change, gate)).toEqual([true]);
  });

  it.each<[string, Partial<CheckedReport>, number | undefined, unknown[]]>([
    ["a Sharpe ratio of -0.5", metrics(-0.5), undefined, [false, "performance_sharpe_too_low error"]],
    ["9 trades", metrics(0.6, 9), undefined, [false, "performance_trades_too_few error"]],
    ["no trades, with an undefined Sharpe ratio", metrics(null, 0), undefined, [false, "performance_trades_too_few error"]],
    ["trades with an undefined Sharpe ratio", metrics(null), undefined, [false, "performance_sharpe_undefined error"]],
    [
      "179 days",
      { data: { first_session: "2023-01-01", last_session: "2023-06-29" } },
      undefined,
      [false, "performance_year_too_short error"],
    ],
    ["folds that all had one class", { folds: [{ notes: ["single_class"] }] }, undefined, [false, "performance_nothing_learned error"]],
    ["no scored row", { scores: { rows: 0 } }, undefined, [false, "performance_nothing_learned error"]],
    [
      "too few trades that lose too much",
      metrics(-3, 9),
      0.4,
      [false, "performance_trades_too_few error", "performance_sharpe_too_low error"],
    ],
  ])("refuses %s", (_what, change, gate, expected) => {
    expect(judged(change, gate)).toEqual(expected);
  });

  it("refuses a run that failed, with its code and message", () => {
    const { accepted, findings } = performanceCheck({ failure: { code: "HISTORY_TOO_SHORT", message: "Too few rows." } });
    expect(accepted).toBe(false);
    expect(findings).toMatchObject([
      { code: "performance_run_failed", reason: "The backtest failed with HISTORY_TOO_SHORT: Too few rows." },
    ]);
  });

  it("warns below the gate's Sharpe ratio and on simulated data, and accepts", () => {
    expect(judged(metrics(0.39), 0.4)).toEqual([true, "performance_below_gate warning"]);
    expect(judged({ simulated: true })).toEqual([true, "performance_simulated warning"]);
  });

  it("does not round a refused ratio onto the other side of the limit", () => {
    const { findings } = performanceCheck({ report: { ...good, ...metrics(-0.50001) } });
    expect(findings[0]!.reason).toBe(`The backtest's Sharpe ratio is "-0.50001"; it must be above -0.5.`);
  });

  it("gives every objection a remedy", () => {
    const { findings } = performanceCheck({ report: { ...good, ...metrics(-3, 9), simulated: true, scores: { rows: 0 } } });
    expect(findings).toHaveLength(4);
    expect(findings.every(({ remedy }) => remedy.length > 20)).toBe(true);
  });
});
