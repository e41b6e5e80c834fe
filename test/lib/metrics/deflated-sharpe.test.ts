import { describe, expect, it } from "vitest";
import { deflatedSharpe, referenceSharpe } from "#lib/metrics/deflated-sharpe.ts";
import { effectiveTrials, expectedMaximum } from "#lib/metrics/expected-max-sharpe.ts";

describe("deflatedSharpe", () => {
  // Bailey & López de Prado's example: annual SR 2.5, annual V 1/2, T 1250, 250 periods a year, skew -3, kurtosis 10.
  const paper = (trials: number) => ({ trials, meanCorrelation: 0, sharpeDeviation: Math.sqrt(0.5 / 250), periods: 1250 });
  const estimate = { sharpe: 2.5 / Math.sqrt(250), periods: 1250, skew: -3, kurtosis: 10 };

  it.each([
    [10, 0.0704181768, 0.9938796415, 0.9989652759],
    [46, 0.1003623706, 0.9505017069, 0.9787387232],
    [88, 0.1111457618, 0.9101530147, 0.9504908167],
    [100, 0.1131720019, 0.90039683444939, 0.942770586],
    [1000, 0.1455734596, 0.6399149554, 0.6701941299],
  ])("matches the paper's example with %i trials", (trials, reference, fat, normal) => {
    expect(referenceSharpe(paper(trials))).toBeCloseTo(reference, 9);
    expect(deflatedSharpe(estimate, paper(trials))).toBeCloseTo(fat, 9);
    expect(deflatedSharpe({ ...estimate, skew: 0, kurtosis: 3 }, paper(trials))).toBeCloseTo(normal, 9);
  });

  it("takes the larger of spread and sampling error", () => {
    // Design check: T 3780, annual SR .95, N 27, rho .66, annual sqrt(V) .15.
    const year = Math.sqrt(252);
    const trials = { trials: 27, meanCorrelation: 0.66, sharpeDeviation: 0.15 / year, periods: 3780 };
    expect(trials.sharpeDeviation * expectedMaximum(27) * year).toBeCloseTo(0.3044, 4);
    expect(expectedMaximum(effectiveTrials(27, 0.66)) * Math.sqrt(252 / 3780)).toBeCloseTo(0.4045, 4);
    expect(referenceSharpe(trials) * year).toBeCloseTo(0.4045, 4);
    expect(deflatedSharpe({ sharpe: 0.95 / year, periods: 3780, skew: 0, kurtosis: 3 }, trials)).toBeCloseTo(0.9826, 4);
  });

  it("deflates a single trial by nothing", () => {
    expect(referenceSharpe({ trials: 1, meanCorrelation: Number.NaN, sharpeDeviation: Number.NaN, periods: 500 })).toBe(0);
  });
});
