import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import { sessionDateOf } from "#lib/core/time.ts";
import { checkBars } from "#lib/market-data/bar-checks.ts";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import { PlantedEdgeSchema } from "#lib/market-data/simulate/planted-edge.schema.ts";
import { simulatePlantedEdge } from "#lib/market-data/simulate/planted-edge.ts";

const spec = (changes: object = {}) => PlantedEdgeSchema.parse(changes);

/** Correlation of the return over the last `back` sessions with that over the next `ahead`. */
function momentumCorrelation(close: Float64Array, back: number, ahead: number): number {
  const past: number[] = [];
  const future: number[] = [];
  for (let t = back; t + ahead < close.length; t++) {
    past.push(Math.log(close[t]! / close[t - back]!));
    future.push(Math.log(close[t + ahead]! / close[t]!));
  }
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(past), mean(future)];
  const product = mean(past.map((value, i) => (value - a) * (future[i]! - b)));
  return product / Math.sqrt(mean(past.map((value) => (value - a) ** 2)) * mean(future.map((value) => (value - b) ** 2)));
}

describe("simulatePlantedEdge", () => {
  it("covers the NYSE sessions from the first to the last date, both included, with sound bars in cents", () => {
    const { bars } = simulatePlantedEdge("SIMEDGE", spec({ first_date: "2024-11-25", last_date: "2024-12-02" })).series;
    expect(Array.from(bars.start, sessionDateOf)).toEqual([20241125, 20241126, 20241127, 20241129, 20241202]);
    expect(bars.end[3]).toBe(NYSE.closeOf(20241129));
    for (const column of [bars.open, bars.high, bars.low, bars.close]) {
      for (const price of column) expect(Math.abs(price * 100 - Math.round(price * 100))).toBeLessThan(1e-6);
    }
    expect(bars.volume.every((volume) => Number.isInteger(volume) && volume > 0)).toBe(true);
  });

  it("gives the same bytes for the same seed and other prices for another", () => {
    const once = simulatePlantedEdge("SIMEDGE", spec({ seed: 5 })).series.facts.fingerprint;
    expect(simulatePlantedEdge("SIMEDGE", spec({ seed: 5 })).series.facts.fingerprint).toBe(once);
    expect(simulatePlantedEdge("SIMEDGE", spec({ seed: 6 })).series.facts.fingerprint).not.toBe(once);
  });

  it("never breaks the rules of bars, whatever the parameters", () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.nat(),
          edge: fc.double({ min: 0, max: 0.5, noNaN: true }),
          half_life: fc.double({ min: 0.5, max: 250, noNaN: true }),
          annual_volatility: fc.double({ min: 0.01, max: 1, noNaN: true }),
          volatility_of_volatility: fc.double({ min: 0, max: 0.3, noNaN: true }),
          overnight_share: fc.double({ min: 0, max: 0.9, noNaN: true }),
          tail_freedom: fc.integer({ min: 3, max: 30 }),
          start_price: fc.double({ min: 2, max: 5000, noNaN: true }),
        }),
        (changes) => {
          const { series } = simulatePlantedEdge("SIMX", spec({ ...changes, first_date: "2015-01-02", last_date: "2015-12-31" }));
          checkBars(series.bars);
          expect(series.facts.fingerprint).toBe(fingerprintOf(series.bars));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("plants what it says: past returns foretell future ones, and its oracle profits", () => {
    const found = [1, 2, 3, 4, 5, 6].map((seed) => {
      const { series, truth } = simulatePlantedEdge("SIMEDGE", spec({ seed }));
      return { ...truth, momentum: momentumCorrelation(series.bars.close, 10, 5) };
    });
    const mean = (of: (one: (typeof found)[number]) => number): number => found.reduce((sum, one) => sum + of(one), 0) / found.length;
    // Expected values by theory for edge 0.3, half-life 15: Sharpe 0.3 sqrt(2/pi) sqrt(252) = 3.8 less estimation and
    // stochastic volatility; correlation near 0.44.
    expect(mean((one) => one.oracleSharpe)).toBeGreaterThan(2.8);
    expect(mean((one) => one.oracleSharpe)).toBeLessThan(4.2);
    expect(mean((one) => one.oracleCorrelation5)).toBeGreaterThan(0.35);
    expect(mean((one) => one.oracleCorrelation5)).toBeLessThan(0.52);
    expect(mean((one) => one.momentum)).toBeGreaterThan(0.12);
    expect(mean((one) => one.momentum)).toBeLessThan(0.4);
  });

  it("plants nothing at edge 0", () => {
    const found = [1, 2, 3, 4, 5, 6].map((seed) => {
      const { series, truth } = simulatePlantedEdge("SIMFLAT", spec({ seed, edge: 0 }));
      return { ...truth, momentum: momentumCorrelation(series.bars.close, 10, 5) };
    });
    const mean = (of: (one: (typeof found)[number]) => number): number => found.reduce((sum, one) => sum + of(one), 0) / found.length;
    // The standard error of a Sharpe over 15 years is 0.26, over six seeds 0.11.
    expect(Math.abs(mean((one) => one.oracleSharpe))).toBeLessThan(0.35);
    expect(Math.abs(mean((one) => one.oracleCorrelation5))).toBeLessThan(0.05);
    expect(Math.abs(mean((one) => one.momentum))).toBeLessThan(0.07);
  });

  it("has the volatility asked for and fat tails", () => {
    const { bars } = simulatePlantedEdge("SIMFLAT", spec({ seed: 3, edge: 0, annual_volatility: 0.2, volatility_of_volatility: 0 })).series;
    const returns = Array.from({ length: bars.length - 1 }, (_, i) => Math.log(bars.close[i + 1]! / bars.close[i]!));
    const variance = returns.reduce((sum, value) => sum + value * value, 0) / returns.length;
    expect(Math.sqrt(variance * 252)).toBeGreaterThan(0.18);
    expect(Math.sqrt(variance * 252)).toBeLessThan(0.22);
    const kurtosis = returns.reduce((sum, value) => sum + value ** 4, 0) / returns.length / variance ** 2;
    expect(kurtosis).toBeGreaterThan(3.8);
  });

  it("says in words what is planted, with its true Sharpe, and is stamped simulated", () => {
    const { series, truth } = simulatePlantedEdge("SIMEDGE", spec({ seed: 9 }));
    expect(series.facts).toMatchObject({
      provider: "simulated",
      stamps: ["simulated"],
      simulation: { generator: "planted-edge/1", seed: 9 },
    });
    const statement = series.facts.simulation?.statement;
    expect(statement).toContain("SIMULATED prices from seed 9; no market ever traded them.");
    expect(statement).toContain(`would have had a Sharpe of ${truth.oracleSharpe.toFixed(2)} before costs`);
    expect(statement).toContain("a hidden drift of 0.35 session volatilities (standard deviation) with a half-life of 15 sessions");
    expect(simulatePlantedEdge("SIMFLAT", spec({ edge: 0 })).series.facts.simulation?.statement).toContain("Nothing is planted");
  });

  it("refuses symbols that could be taken for real ones and ranges without sessions", () => {
    expect(() => simulatePlantedEdge("SPY", spec())).toThrowError('A simulated symbol starts with "SIM"; found "SPY".');
    for (const [first_date, last_date] of [
      ["2020-01-02", "2019-01-02"],
      ["2024-07-04", "2024-07-05"],
    ]) {
      expect(() => simulatePlantedEdge("SIMX", spec({ first_date, last_date }))).toThrowError(
        expect.objectContaining({ code: "INVALID_PARAM", message: expect.stringContaining("at least two sessions") }),
      );
    }
    expect(() => simulatePlantedEdge("SIMX", spec({ first_date: "1970-01-02" }))).toThrowError(/covers "1990-01-01" to "2030-12-31"/);
  });
});
