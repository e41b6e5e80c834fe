import { describe, expect, it } from "vitest";
import { createKeyedRng } from "#lib/core/rng.ts";
import { createVolatilityState, expectedVariances, varianceAt, volatilityModelOf } from "#lib/market-data/simulate/market/volatility.ts";
import { marketSpec, mean } from "./some-market.ts";

const model = volatilityModelOf(marketSpec());

describe("expectedVariances", () => {
  it("is what many futures have in the mean", () => {
    // A calm fast and an excited slow part; forty sessions in steps of a tenth.
    const rng = createKeyedRng("futures");
    const runs = 4000;
    const within = { 5: 0, 40: 0 };
    for (let run = 0; run < runs; run++) {
      rng.seek(run, 1);
      let [slow, fast] = [1.2, -1];
      let total = 0;
      for (let step = 0; step < 400; step++) {
        total += 0.1 * (varianceAt(model, slow, fast) + model.jumpVariance);
        const shock = rng.normal();
        const moved = (value: number, rate: number): number => {
          const kept = Math.exp(-rate * 0.1);
          return kept * value + Math.sqrt(1 - kept * kept) * (model.leverage * shock + Math.sqrt(1 - model.leverage ** 2) * rng.normal());
        };
        [slow, fast] = [moved(slow, model.slowRate), moved(fast, model.fastRate)];
        if (step === 49) within[5] += total / runs;
        if (step === 399) within[40] += total / runs;
      }
    }
    const expected = new Float64Array(2);
    expectedVariances(model, 1.2, -1, [5, 40], expected);
    expect(within[5] / expected[0]!).toBeCloseTo(1, 1);
    expect(Math.abs(within[5] / expected[0]! - 1)).toBeLessThan(0.02);
    expect(Math.abs(within[40] / expected[1]! - 1)).toBeLessThan(0.02);
  });

  it("rises with time, from 0", () => {
    const times = Float64Array.from({ length: 100 }, (_, i) => i * 1.3);
    const out = new Float64Array(100);
    expectedVariances(model, -2, 2, times, out);
    expect(out[0]).toBe(0);
    for (let i = 1; i < 100; i++) expect(out[i]!).toBeGreaterThan(out[i - 1]!);
  });

  it("tends to the stated variance: of a far session it is the mean one", () => {
    const out = new Float64Array(2);
    expectedVariances(model, 3, 3, [2000, 2001], out);
    expect((out[1]! - out[0]!) / (0.16 ** 2 / 252)).toBeCloseTo(1, 6);
  });
});

describe("createVolatilityState", () => {
  it("stays at its stationary distribution, whose mean variance is the model's", () => {
    const rng = createKeyedRng("stationary");
    const states = Array.from({ length: 20_000 }, (_, i) => {
      rng.seek(i, 0);
      const state = createVolatilityState(model, rng);
      for (let step = 0; step < 20; step++) state.advance(1, rng.normal());
      return [state.slow(), state.fast()] as const;
    });
    for (const part of [0, 1] as const) {
      expect(Math.abs(mean(states.map((state) => state[part])))).toBeLessThan(0.03);
      expect(Math.abs(mean(states.map((state) => state[part] ** 2)) - 1)).toBeLessThan(0.05);
    }
  });
});
