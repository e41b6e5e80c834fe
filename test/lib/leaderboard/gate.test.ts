import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GateSchema, UNGATED } from "#lib/leaderboard/gate.schema.ts";
import { judge } from "#lib/leaderboard/gate.ts";
import { balanced, metricsWith, significanceWith, sweepContext } from "./metrics.fixture.ts";

const codes = (gate: { reasons: { code: string }[] }) => gate.reasons.map(({ code }) => code);
const judgeWith = (
  changes: Parameters<typeof metricsWith>[0],
  context: Partial<typeof sweepContext> = {},
  significance: Parameters<typeof significanceWith>[0] = {},
  limits: Parameters<typeof judge>[2] = balanced,
) => judge(metricsWith(changes), significanceWith(significance), limits, { ...sweepContext, ...context });

describe("judge", () => {
  it("passes a result that holds every limit", () => {
    expect(judgeWith({})).toEqual({ status: "PASS", reasons: [] });
  });

  it("holds a limit that is met exactly", () => {
    expect(judgeWith({ bets: 30, residualSharpe: 0.5, max_drawdown_pct: 25, turnover: 2 }, {}, { dsr: 0.9, p_oos_loss: 0.2 }).status).toBe(
      "PASS",
    );
  });

  it("is MARGINAL for one miss of at most 10 % of the limit", () => {
    const gate = judgeWith({ residualSharpe: 0.45 });
    expect(gate).toEqual({
      status: "MARGINAL",
      reasons: [{ code: "min_sharpe_not_met", metric: "residual.sharpe", value: 0.45, limit: 0.5 }],
    });
    expect(judgeWith({ max_drawdown_pct: 27.5 }).status).toBe("MARGINAL");
  });

  it("fails one miss beyond 10 %, and two small ones", () => {
    expect(judgeWith({ residualSharpe: 0.4499 }).status).toBe("FAIL");
    expect(judgeWith({ max_drawdown_pct: 27.6 }).status).toBe("FAIL");
    const two = judgeWith({ residualSharpe: 0.48, turnover: 2.1 });
    expect(two.status).toBe("FAIL");
    expect(codes(two)).toEqual(["min_sharpe_not_met", "turnover_above_max"]);
  });

  it("never forgives too few bets", () => {
    expect(judgeWith({ bets: 29 })).toEqual({
      status: "FAIL",
      reasons: [{ code: "min_bets_not_met", metric: "bets", value: 29, limit: 30 }],
    });
  });

  it("calls a pack of long holds with too few bets not testable", () => {
    expect(codes(judgeWith({ bets: 19 }, { packId: "longsigma" }, {}, { min_bets: 20 }))).toEqual(["not_testable"]);
  });

  it("is MARGINAL_SIG when only significance is missed, by whatever amount", () => {
    const gate = judgeWith({}, {}, { dsr: 0.1, p_oos_loss: 0.9 });
    expect(gate.status).toBe("MARGINAL_SIG");
    expect(codes(gate)).toEqual(["dsr_below_min", "p_oos_loss_above_max"]);
  });

  it("fails when significance and another limit are missed together", () => {
    expect(judgeWith({ residualSharpe: 0.48 }, {}, { dsr: 0.1 }).status).toBe("FAIL");
  });

  it("fails on an undefined metric that a limit needs, by its name", () => {
    const gate = judgeWith({ residualSharpe: null, adv_bps: null }, {}, { p_oos_loss: null });
    expect(gate.status).toBe("FAIL");
    expect(codes(gate)).toEqual(["sharpe_undefined", "adv_bps_undefined", "p_oos_loss_undefined"]);
    expect(gate.reasons[0]).toEqual({ code: "sharpe_undefined", metric: "residual.sharpe", value: null, limit: 0.5 });
  });

  it("ignores undefined metrics that nothing limits", () => {
    expect(judgeWith({ calmar: null, es95_mult: null }).status).toBe("PASS");
  });

  it("does not apply CSCV limits outside sweeps", () => {
    expect(judgeWith({}, { kind: "backtest" }, { p_oos_loss: null, pbo: null }).status).toBe("PASS");
    expect(judgeWith({}, { kind: "backtest" }, { dsr: 0.5, p_oos_loss: null }).status).toBe("MARGINAL_SIG");
  });

  it("applies option limits to options only", () => {
    const limits = { spread_pct_max: 10, oi_min: 500, volume_min: 200 };
    expect(judgeWith({}, {}, {}, limits).status).toBe("PASS");
    expect(codes(judgeWith({}, { instrument: "options" }, {}, limits))).toEqual([
      "spread_pct_undefined",
      "open_interest_undefined",
      "option_volume_undefined",
    ]);
    const option = { spread_pct: 12, open_interest: 400, option_volume: 100 };
    expect(codes(judgeWith(option, { instrument: "options" }, {}, limits))).toEqual([
      "spread_above_limit",
      "oi_below_min",
      "volume_below_min",
    ]);
  });

  it("holds the fill rate and the shortfall against options too, and the share of dollar volume against stocks only", () => {
    const limits = { fill_rate_min: 0.85, es95_mult: 2, adv_bps_max: 10 };
    const thin = { fill_rate: 0.5, es95_mult: 3, adv_bps: null };
    expect(codes(judgeWith(thin, { instrument: "options" }, {}, limits))).toEqual(["es95_exceeded", "fill_rate_below_min"]);
    expect(codes(judgeWith(thin, {}, {}, limits))).toEqual(["es95_exceeded", "fill_rate_below_min", "adv_bps_undefined"]);
  });

  it("checks the remaining limits of the risk budget", () => {
    const limits = { min_bets_per_year: 30, es95_mult: 2, min_calmar: 0.8, fill_rate_min: 0.9, adv_bps_max: 5, daily_loss_cap_R: 2 };
    const metrics = { bets_per_year: 1, es95_mult: 3, calmar: 0.1, fill_rate: 0.1, adv_bps: 9, worst_daily_loss_r: 5 };
    expect(codes(judgeWith(metrics, {}, {}, limits))).toEqual([
      "min_bets_per_year_not_met",
      "es95_exceeded",
      "min_calmar_not_met",
      "fill_rate_below_min",
      "adv_above_max",
      "daily_loss_cap_exceeded",
    ]);
  });

  it("fails trades outside the allowed hours and names the hours", () => {
    const gate = judgeWith({ trades_by_hour: { "14": 5, "9": 2, "10": 1 } }, {}, {}, { allowed_hours: [13, 14, 15] });
    expect(gate).toEqual({
      status: "FAIL",
      reasons: [{ code: "hours_not_allowed", metric: "trades_by_hour", value: [9, 10], limit: [13, 14, 15] }],
    });
  });

  it("fails a model whose log loss is not below the prior's", () => {
    const gate = judgeWith({}, { skill: { logLoss: 0.69, priorLogLoss: 0.69 } });
    expect(gate).toEqual({ status: "FAIL", reasons: [{ code: "no_skill", metric: "log_loss", value: 0.69, limit: 0.69 }] });
    expect(codes(judgeWith({}, { skill: { logLoss: Number.NaN, priorLogLoss: 0.69 } }))).toEqual(["log_loss_undefined"]);
    expect(judgeWith({}, { skill: null }).status).toBe("PASS");
  });

  it("fails an account that lost against cash, however good its residual returns are", () => {
    expect(judgeWith({ sharpe: 0, residualSharpe: 1.2 })).toEqual({
      status: "FAIL",
      reasons: [{ code: "net_sharpe_not_positive", metric: "sharpe", value: 0, limit: 0 }],
    });
    expect(judgeWith({ sharpe: 0.01, residualSharpe: 1.2 }).status).toBe("PASS");
  });

  it("passes on a reason that the gate was infeasible", () => {
    const infeasible = { code: "gate_infeasible", metric: "bets", value: 12, limit: 30 };
    expect(judgeWith({}, { infeasible })).toEqual({ status: "FAIL", reasons: [infeasible] });
  });

  it.each(["simulated", "survivorshipBiased", "repriced", "trainsOnLaterRows", "importedModel", "researchOnly"] as const)(
    "caps a %s result at MARGINAL",
    (stamp) => {
      const gate = judgeWith({}, { [stamp]: true });
      expect(gate.status).toBe("MARGINAL");
      expect(gate.reasons[0]!.code).toMatch(/^capped_/);
      expect(judgeWith({}, { [stamp]: true }, { dsr: 0.1 }).status).toBe("MARGINAL_SIG");
      expect(judgeWith({ bets: 1 }, { [stamp]: true }).status).toBe("FAIL");
    },
  );

  it("lets a simulated model pass inside a SIMULATED workspace, and only that stamp", () => {
    expect(judgeWith({}, { simulated: true, simulatedWorkspace: true })).toEqual({ status: "PASS", reasons: [] });
    expect(judgeWith({}, { survivorshipBiased: true, simulatedWorkspace: true }).status).toBe("MARGINAL");
    expect(judgeWith({}, { importedModel: true, simulatedWorkspace: true }).reasons).toMatchObject([
      { code: "capped_imported_model_training_rows_unknown" },
    ]);
    expect(judgeWith({}, { trainsOnLaterRows: true, simulatedWorkspace: true })).toEqual({
      status: "MARGINAL",
      reasons: [{ code: "capped_trains_on_later_rows", metric: "trains_on_later_rows", value: null, limit: null }],
    });
  });

  it("writes documents of its schema", () => {
    expect(GateSchema.parse(judgeWith({ bets: 1 }, { repriced: true })).status).toBe("FAIL");
    expect(GateSchema.parse(UNGATED).status).toBe("ungated");
  });

  it("never gets worse when the metrics get better", () => {
    const near = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const seen = new Set<string>();
    fc.assert(
      fc.property(near(0.4, 0.7), near(20, 29), near(1.6, 2.3), near(0.85, 0.97), near(0, 0.3), (sharpe, dd, turnover, dsr, gain) => {
        const status = (by: number) =>
          judgeWith({ residualSharpe: sharpe + by, max_drawdown_pct: dd - by, turnover: turnover - by }, {}, { dsr }).status;
        const [before, after] = [status(0), status(gain)];
        seen.add(before);
        if (before === "PASS") expect(after).toBe("PASS");
        if (before !== "FAIL") expect(after).not.toBe("FAIL");
      }),
      { numRuns: 500 },
    );
    expect([...seen].sort()).toEqual(["FAIL", "MARGINAL", "MARGINAL_SIG", "PASS"]);
  });
});
