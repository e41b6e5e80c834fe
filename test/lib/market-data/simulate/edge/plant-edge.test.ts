import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bars } from "#lib/core/bars.ts";
import { sessionDateOf } from "#lib/core/time.ts";
import { checkBars } from "#lib/market-data/bar-checks.ts";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import { EdgeSchema, type EdgeSpec } from "#lib/market-data/simulate/edge/edge.schema.ts";
import { edgeFeature, edgeRuleReturns } from "#lib/market-data/simulate/edge/edge-rule.ts";
import { edgeTheoryOf } from "#lib/market-data/simulate/edge/edge-theory.ts";
import { plantEdge } from "#lib/market-data/simulate/edge/plant-edge.ts";
import { correlation, mean } from "../market/some-market.ts";

const edgeSpec = (changes: object = {}): EdgeSpec => EdgeSchema.parse(changes);

/** Of daily returns, a year of 252 sessions, ddof 1. */
function annualSharpe(returns: ArrayLike<number>): number {
  const middle = mean(returns);
  let squares = 0;
  for (let i = 0; i < returns.length; i++) squares += (returns[i]! - middle) ** 2;
  return (middle / Math.sqrt(squares / (returns.length - 1))) * Math.sqrt(252);
}

/** Mean of the rule's Sharpe ratio over many histories, and its standard error. */
function measured(changes: object, seeds: number): { readonly sharpe: number; readonly error: number; readonly stated: number } {
  const found = Array.from({ length: seeds }, (_, seed) => {
    const spec = edgeSpec({ ...changes, seed: 1000 + seed });
    return annualSharpe(edgeRuleReturns(plantEdge("SIM:X", spec).series.bars, spec));
  });
  const sharpe = mean(found);
  const error = Math.sqrt(mean(found.map((one) => (one - sharpe) ** 2)) / (seeds - 1));
  return { sharpe, error, stated: edgeTheoryOf(edgeSpec(changes)).netSharpe };
}

const cut = (bars: Bars, length: number): Bars => ({
  ...bars,
  length,
  start: bars.start.slice(0, length),
  end: bars.end.slice(0, length),
  open: bars.open.slice(0, length),
  high: bars.high.slice(0, length),
  low: bars.low.slice(0, length),
  close: bars.close.slice(0, length),
  volume: bars.volume.slice(0, length),
  factor: bars.factor.slice(0, length),
});

describe("plantEdge", () => {
  it.each<[object, number]>([
    [{ annual_sharpe: 1, sessions: 3780 }, 120],
    [{ annual_sharpe: 1.5, sessions: 1260, half_life: 5 }, 240],
    [{ annual_sharpe: 1, feature: "reversal", half_life: 2 }, 100],
    [{ annual_sharpe: 1, feature: "volume", half_life: 5, cost_bps: 5 }, 100],
    [{ annual_sharpe: 1.5, cadence: "hourly", sessions: 630, half_life: 14, cost_bps: 1 }, 400],
    [{ annual_sharpe: 2, cadence: "hourly", feature: "volume", sessions: 630, half_life: 5, cost_bps: 0.5 }, 150],
    [{ annual_sharpe: 2, cadence: "hourly", feature: "reversal", sessions: 630, half_life: 1, cost_bps: 0.2 }, 200],
    [{ annual_sharpe: 6, half_life: 3, cost_bps: 0 }, 60],
    [{ annual_sharpe: 0.5, half_life: 2, cost_bps: 10, overnight_share: 0.6 }, 100],
  ])("gives its declared rule the stated Sharpe ratio, net of costs, within two standard errors: %j", (changes, seeds) => {
    const { sharpe, error, stated } = measured(changes, seeds);
    expect(stated).toBeCloseTo((changes as { annual_sharpe: number }).annual_sharpe, 9);
    expect(error).toBeLessThan(0.08);
    expect(Math.abs(sharpe - stated)).toBeLessThan(2 * error);
  });

  it("plants nothing where the Sharpe ratio is 0: the rule loses its costs", () => {
    const { sharpe, error, stated } = measured({ annual_sharpe: 0, cost_bps: 10, half_life: 2 }, 60);
    expect(stated).toBeLessThan(-0.5);
    expect(Math.abs(sharpe - stated)).toBeLessThan(2.5 * error);
    const { series } = plantEdge("SIM:X", edgeSpec({ annual_sharpe: 0 }));
    expect(series.facts.simulation?.statement).toContain("Nothing is planted");
  });

  it("has nothing else to find: holding earns nothing, and without the feature the next bar is noise", () => {
    const holds = Array.from({ length: 60 }, (_, seed) => {
      const { bars } = plantEdge("SIM:X", edgeSpec({ seed })).series;
      return annualSharpe(Array.from(bars.close.subarray(1), (close, i) => close / bars.close[i]! - 1));
    });
    // The standard error of one is 0.26, of sixty 0.033; momentum makes it a little larger.
    expect(Math.abs(mean(holds))).toBeLessThan(0.12);
    const { bars } = plantEdge("SIM:X", edgeSpec({ sessions: 5000, feature: "volume" })).series;
    const returns = Array.from(bars.close, (close, i) => Math.log(close / bars.open[i]!));
    const past = returns.map((_, i) => (i < 10 ? 0 : mean(returns.slice(i - 10, i))));
    expect(Math.abs(correlation(past, returns))).toBeLessThan(0.06);
  });

  it("keeps the rules of bars whatever is asked, in cents, and the beginning of a longer history", () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.nat(),
          cadence: fc.constantFrom("daily", "hourly"),
          feature: fc.constantFrom("momentum", "reversal", "volume"),
          annual_sharpe: fc.double({ min: 0, max: 1, noNaN: true }),
          half_life: fc.double({ min: 1, max: 20, noNaN: true }),
          overnight_share: fc.double({ min: 0, max: 0.6, noNaN: true }),
        }),
        (changes) => {
          const spec = edgeSpec({ ...changes, sessions: 300, cost_bps: 0.1 });
          const { bars, facts } = plantEdge("SIM:X", spec).series;
          checkBars(bars);
          expect(facts.fingerprint).toBe(fingerprintOf(bars));
          const shorter = plantEdge("SIM:X", { ...spec, sessions: 100 }).series.bars;
          expect(shorter).toEqual(cut(bars, shorter.length));
        },
      ),
      { numRuns: 25 },
    );
  });

  it("begins at the first session on or after its date, for so many sessions", () => {
    const { bars } = plantEdge("SIM:X", edgeSpec({ first_date: "2024-07-04", sessions: 60 })).series;
    expect(sessionDateOf(bars.start[0]!)).toBe(20240705);
    expect(bars.length).toBe(60);
  });

  it("says in words what is planted, and is stamped simulated", () => {
    const { facts } = plantEdge(
      "SIM:X",
      edgeSpec({ seed: 9, annual_sharpe: 1.5, sessions: 1260, feature: "reversal", half_life: 3 }),
    ).series;
    expect(facts).toMatchObject({ provider: "simulated", stamps: ["simulated"], simulation: { generator: "stated-edge/1", seed: 9 } });
    expect(facts.simulation!.statement).toMatch(
      /^SIMULATED prices from seed 9; no market ever traded them\. Planted: bars go against .* half-life of 3 daily bars\. .* a Sharpe of 1\.50 a year after 2 bp a side/,
    );
  });

  it("refuses what cannot be had, saying what can", () => {
    expect(() => plantEdge("SIM:X", edgeSpec({ annual_sharpe: 10, feature: "reversal", half_life: 20 }))).toThrowError(
      expect.objectContaining({
        code: "INVALID_PARAM",
        message: expect.stringMatching(/annual_sharpe must be at most \d\.\d\d for a reversal of 20 daily bars/),
      }),
    );
    expect(() => plantEdge("SIM:X", edgeSpec({ first_date: "2030-06-03", sessions: 1000 }))).toThrowError(
      /must end inside the trading calendar/,
    );
    expect(() => edgeSpec({ annual_sharpe: -1 })).toThrowError();
  });
});

describe("edgeRuleReturns", () => {
  it("trades at the next open, holds through the night under the old side and pays each side of a change", () => {
    // By hand: volume says up, down, down; 10 bp a side.
    const spec = edgeSpec({ feature: "volume", cost_bps: 10 });
    const column = (...values: number[]): Float64Array => Float64Array.of(...values);
    const bars: Bars = {
      symbol: "SIM:X",
      cadence: "daily",
      length: 4,
      start: column(0, 10, 20, 30),
      end: column(5, 15, 25, 35),
      open: column(100, 102, 100, 99),
      high: column(0, 0, 0, 0),
      low: column(0, 0, 0, 0),
      close: column(101, 104, 98, 100),
      volume: column(2e8, 5e7, 5e7, 2e8),
      factor: column(1, 1, 1, 1),
    };
    const returns = edgeRuleReturns(bars, spec);
    expect(returns[0]).toBe(0);
    // Long from the open 102: no night before, one side paid.
    expect(returns[1]).toBeCloseTo(104 / 102 - 1 - 0.001, 12);
    // The night to 100 still long, then short from 100, two sides paid.
    expect(returns[2]).toBeCloseTo(100 / 104 - 1 - (98 / 100 - 1) - 0.002, 12);
    // The night and the day short.
    expect(returns[3]).toBeCloseTo(-(99 / 98 - 1) - (100 / 99 - 1), 12);
  });

  it("uses nothing later: a cut history has the same features and returns", () => {
    for (const feature of ["momentum", "reversal", "volume"]) {
      const spec = edgeSpec({ feature, sessions: 400, half_life: 4, annual_sharpe: 0.5 });
      const { bars } = plantEdge("SIM:X", spec).series;
      const part = cut(bars, 250);
      expect(edgeFeature(part, spec)).toEqual(edgeFeature(bars, spec).slice(0, 250));
      expect(edgeRuleReturns(part, spec)).toEqual(edgeRuleReturns(bars, spec).slice(0, 250));
    }
  });
});

describe("edgeTheoryOf", () => {
  it("agrees with what can be worked out by hand for one bar a session", () => {
    // Without costs and nights: Sharpe a bar = e sqrt(2/pi) / sqrt(1 + e^2 (1 - 2/pi)).
    const { effect, grossSharpe, netSharpe, persistence } = edgeTheoryOf(
      edgeSpec({ cost_bps: 0, overnight_share: 0, annual_sharpe: 2, half_life: 1 }),
    );
    const e = effect * Math.sqrt(2 / Math.PI);
    expect((Math.sqrt(252) * e) / Math.sqrt(1 + effect ** 2 - e ** 2)).toBeCloseTo(2, 9);
    expect(netSharpe).toBe(grossSharpe);
    expect(persistence).toBe(0.5);
    // A half-life of one bar changes sides in acos(1/2) / pi = one third of the bars.
    expect(edgeTheoryOf(edgeSpec({ half_life: 1, annual_sharpe: 0.1, cost_bps: 0 })).flipShare).toBeCloseTo(1 / 3, 12);
  });

  it("needs a larger effect for more costs and for a larger Sharpe ratio", () => {
    const effect = (changes: object): number => edgeTheoryOf(edgeSpec(changes)).effect;
    expect(effect({ cost_bps: 5 })).toBeGreaterThan(effect({ cost_bps: 2 }));
    expect(effect({ annual_sharpe: 2 })).toBeGreaterThan(effect({ annual_sharpe: 1 }));
    expect(effect({ feature: "reversal", half_life: 2 })).toBeLessThan(0);
  });
});
