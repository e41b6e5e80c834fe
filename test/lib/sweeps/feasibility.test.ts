import { describe, expect, it } from "vitest";
import { checkFeasibility } from "#lib/sweeps/feasibility.ts";
import { planVariants } from "#lib/sweeps/grid.ts";
import { thresholdVariant } from "#lib/sweeps/variant-id.ts";
import { daily, intraday, requestWith } from "./sweep.fixture.ts";

const context = {
  sessions: 2520,
  sessionsPerYear: 252,
  barsPerSession: 1,
  decisionsPerSession: 1,
  candidatesPerDecision: 1,
  labelHorizonBars: 20,
};
const variants = planVariants(requestWith(), { ...daily, labelHorizonBars: 20 });

describe("checkFeasibility", () => {
  it("finds the most active variant: 252 / 10 bars x everything", () => {
    const found = checkFeasibility(variants, { min_bets: 30 }, context);
    expect(found).toMatchObject({ feasible: true, bets: 252, reason: null, remedy: "" });
    expect(found.bets_per_year).toBeCloseTo(25.2, 9);
    expect(variants.find(({ variant_id }) => variant_id === found.variant_id)?.params).toMatchObject({ top_pct: 1, hold_bars: 10 });
  });

  it("says gate_infeasible with what to change", () => {
    const few = variants.filter(({ params }) => params.top_pct === 0.15 && params.hold_bars === 40);
    const found = checkFeasibility(few, { min_bets: 50 }, context);
    // 2520 / 40 x .15 = 9.45 bets.
    expect(found).toMatchObject({ feasible: false, bets: 9, reason: { code: "gate_infeasible", metric: "bets", value: 9, limit: 50 } });
    expect(found.remedy).toBe(
      "No variant can have 50 bets: the most active one has about 9. Either hold at most 7 bars instead of 40, or raise top_pct to at least 0.8, or evaluate at least 13334 sessions instead of 2520, or choose a risk profile that asks for fewer bets.",
    );
  });

  it("keeps its word: each remedy alone makes the gate feasible", () => {
    const [one] = variants.filter(({ params }) => params.top_pct === 0.15 && params.hold_bars === 40);
    const with_ = (changes: object) => [{ ...one!, params: { ...one!.params, ...changes } }];
    expect(checkFeasibility(with_({ hold_bars: 7 }), { min_bets: 50 }, context).feasible).toBe(true);
    expect(checkFeasibility(with_({ hold_bars: 8 }), { min_bets: 50 }, context).feasible).toBe(false);
    expect(checkFeasibility(with_({ top_pct: 0.8 }), { min_bets: 50 }, context).feasible).toBe(true);
    expect(checkFeasibility([one!], { min_bets: 50 }, { ...context, sessions: 13_334 }).feasible).toBe(true);
    expect(checkFeasibility([one!], { min_bets: 50 }, { ...context, sessions: 13_333 }).feasible).toBe(false);
  });

  it("checks the bets of a year, which more years do not help", () => {
    const found = checkFeasibility(variants, { min_bets_per_year: 26 }, context);
    expect(found.reason).toMatchObject({ code: "gate_infeasible", limit: 260 });
    expect(found.remedy).not.toContain("sessions");
  });

  it("knows that a universe asks for several symbols at a time, whose trades are one bet", () => {
    const top = thresholdVariant({ mode: "edge", threshold: 0, topPct: 0.1 }, 20);
    const bets = (candidatesPerDecision: number) => checkFeasibility([top], {}, { ...context, candidatesPerDecision }).bets;
    // 2520 / 20 = 126 holds, a tenth of them; with five symbols half of them, with ten or more all.
    expect([bets(1), bets(5), bets(10), bets(50)]).toEqual([12, 63, 126, 126]);
  });

  it("knows that a label which asks once a session lets no more than one trade begin in it", () => {
    const overnight = { ...context, barsPerSession: 26, decisionsPerSession: 1, labelHorizonBars: 2 };
    const one = thresholdVariant({ mode: "probability", threshold: 0.5, topPct: 0.5 }, 2);
    // Holds of 2 bars would fit 13 times into a session of 26.
    expect(checkFeasibility([one], {}, overnight).bets).toBe(1260);
  });

  it("counts hours and bars of a session intraday", () => {
    const hourly = { ...context, barsPerSession: 7, decisionsPerSession: 7, labelHorizonBars: 1 };
    const list = planVariants(requestWith({ preset: "conservative" }), intraday);
    // All seven hours: 7 x .05 x 2520.
    expect(checkFeasibility(list, {}, hourly).bets).toBe(882);
    expect(
      checkFeasibility(
        list.filter(({ params }) => params.hours?.length === 2),
        {},
        hourly,
      ).bets,
    ).toBe(252);
  });

  it("is infeasible without variants", () => {
    expect(checkFeasibility([], { min_bets: 1 }, context)).toMatchObject({ feasible: false, bets: 0 });
  });
});
