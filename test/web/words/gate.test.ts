import { describe, expect, it } from "vitest";
import type { GateReason } from "#lib/leaderboard/gate.schema.ts";
import { judge } from "#lib/leaderboard/gate.ts";
import { RiskBudgetSchema } from "#lib/policies/risk-budget.schema.ts";
import { distanceTo, LIMITED, limitChecks, reasonInWords } from "../../../web/src/words/gate.ts";
import { balanced, metricsWith, significanceWith, sweepContext } from "../../lib/leaderboard/metrics.fixture.ts";

/** Limits that no result meets. */
const impossible = {
  min_bets: 1e9,
  min_bets_per_year: 1e9,
  max_drawdown_pct: 1e-9,
  es95_mult: 1e-9,
  min_sharpe: 1e9,
  min_calmar: 1e9,
  spread_pct_max: 1e-9,
  oi_min: 1e9,
  volume_min: 1e9,
  fill_rate_min: 1,
  adv_bps_max: 1e-9,
  turnover_max: 1e-9,
  daily_loss_cap_R: 1e-9,
  min_dsr: 1,
  max_p_oos_loss: 0,
};

const known = metricsWith({
  es95_mult: 2,
  spread_pct: 3,
  open_interest: 10,
  option_volume: 10,
  fill_rate: 0.5,
  adv_bps: 2,
  worst_daily_loss_r: 2,
  calmar: 1,
} as never);

/** Every reason that the gate gives for a missed limit of a risk budget. */
const missed = (["stocks", "options"] as const).flatMap(
  (instrument) => judge(known, significanceWith({ dsr: 0.5, p_oos_loss: 0.5 }), impossible, { ...sweepContext, instrument }).reasons,
);

describe("LIMITED", () => {
  it("names every limit of a risk budget but the hours", () => {
    expect(Object.keys(LIMITED).toSorted()).toEqual(
      Object.keys(RiskBudgetSchema.shape)
        .filter((key) => key !== "allowed_hours")
        .toSorted(),
    );
  });

  it("agrees with the gate on codes and metrics", () => {
    const byGate = new Map(missed.map(({ code, metric }) => [code, metric]));
    expect(byGate).toEqual(new Map(Object.values(LIMITED).map(({ code, metric }) => [code, metric])));
  });

  it("agrees with the gate on the side of each limit", () => {
    for (const [key, { bound, metric }] of Object.entries(LIMITED)) {
      const reason = missed.find((each) => each.metric === metric)!;
      expect(typeof reason.value, key).toBe("number");
      expect(bound, key).toBe((reason.value as number) < (reason.limit as number) ? "min" : "max");
    }
  });
});

describe("reasonInWords", () => {
  it("says what was found, what is asked and what is missing", () => {
    expect(reasonInWords({ code: "dsr_below_min", metric: "dsr", value: 0.52, limit: 0.9 })).toEqual({
      title: "Deflated Sharpe ratio too low",
      says: expect.stringMatching(/^DSR: probability/),
      found: "0.520",
      asked: "at least 0.900",
      distance: "0.380 short, 42.2% of the limit",
    });
    expect(reasonInWords({ code: "max_dd_exceeded", metric: "max_drawdown_pct", value: 31.5, limit: 25 })).toMatchObject({
      found: "31.5%",
      asked: "at most 25.0%",
      distance: "6.5% over, 26.0% of the limit",
    });
  });

  it("tells an unknown number from a small one", () => {
    expect(reasonInWords({ code: "calmar_undefined", metric: "calmar", value: null, limit: 0.5 })).toMatchObject({
      title: "Calmar ratio unknown",
      found: "–",
      distance: "",
    });
  });

  it("has words for every other reason that the gate gives", () => {
    const context = {
      ...sweepContext,
      simulated: true,
      survivorshipBiased: true,
      repriced: true,
      trainsOnLaterRows: true,
      importedModel: true,
      researchOnly: true,
      simulatedWorkspace: false,
      skill: { logLoss: 0.7, priorLogLoss: 0.69 },
      infeasible: { code: "gate_infeasible", metric: "bets", value: 10, limit: 30 },
    };
    const metrics = metricsWith({ sharpe: -0.5, trades_by_hour: { "3": 5 } } as never);
    const { reasons } = judge(metrics, significanceWith({}), { allowed_hours: [10, 11] }, context);
    expect(reasons.length).toBe(10);
    for (const reason of [...reasons, { code: "not_testable", metric: "bets", value: 5, limit: 20 }]) {
      const { title, says } = reasonInWords(reason);
      expect(title, reason.code).not.toBe(reason.code);
      expect(says, reason.code).toMatch(/\.$/);
    }
    const words = (code: string) => reasonInWords(reasons.find((reason) => reason.code === code)!);
    expect(words("no_skill")).toMatchObject({ found: "0.7000", asked: "below 0.6900", distance: "0.0100 over, 1.4% of the limit" });
    expect(words("hours_not_allowed")).toMatchObject({ found: "3", asked: "only 10, 11", distance: "" });
    expect(words("net_sharpe_not_positive")).toMatchObject({ found: "−0.50", asked: "above 0.00", distance: "0.50 short" });
  });

  it("tells what was found from its limit, however near they are", () => {
    expect(reasonInWords({ code: "dsr_below_min", metric: "dsr", value: 0.8999961, limit: 0.9 })).toMatchObject({
      found: "0.899996",
      asked: "at least 0.900000",
    });
    expect(reasonInWords({ code: "no_skill", metric: "log_loss", value: 0.6868, limit: 0.6868 })).toMatchObject({
      found: "0.6868",
      asked: "below 0.6868",
      distance: "no better than the limit",
    });
  });

  it("shows a code that it does not know", () => {
    const reason: GateReason = { code: "brand_new", metric: "sharpe", value: 1, limit: 2 };
    expect(reasonInWords(reason)).toMatchObject({ title: "brand_new", found: "1.00", asked: "at least 2.00" });
  });
});

describe("distanceTo", () => {
  it("is nothing where the limit holds, and has no share of a limit of 0", () => {
    expect(distanceTo(2, 1, "min", { format: "ratio" })).toBe("holds");
    expect(distanceTo(1, 1, "max", { format: "ratio" })).toBe("holds");
    expect(distanceTo(-1, 0, "min", { format: "ratio" })).toBe("1.00 short");
    expect(distanceTo(null, 1, "min", { format: "ratio" })).toBe("");
  });
});

describe("limitChecks", () => {
  it("holds every limit of a profile beside the result, those that hold included", () => {
    const metrics = metricsWith({ bets: 12, residualSharpe: 0.8 });
    const checks = limitChecks(metrics, significanceWith({ dsr: 0.95 }), balanced);
    expect(checks.map(({ key }) => key).toSorted()).toEqual(
      Object.keys(balanced)
        .filter((key) => key !== "allowed_hours")
        .toSorted(),
    );
    expect(checks.find(({ key }) => key === "min_bets")).toEqual({
      key: "min_bets",
      name: "Bets",
      found: "12",
      asked: "≥ 30",
      holds: false,
      distance: "18 short, 60.0% of the limit",
    });
    expect(checks.find(({ key }) => key === "min_dsr")).toMatchObject({ found: "0.950", holds: true, distance: "" });
    expect(checks.find(({ key }) => key === "min_sharpe")).toMatchObject({ found: "0.80", asked: "≥ 0.50", holds: true });
  });
});
