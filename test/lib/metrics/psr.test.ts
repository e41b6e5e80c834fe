import { describe, expect, it } from "vitest";
import { probabilisticSharpe, sharpeDeviation } from "#lib/metrics/psr.ts";

describe("probabilisticSharpe", () => {
  it("matches Bailey & López de Prado's monthly example", () => {
    const estimate = { sharpe: 0.458, periods: 24 };
    expect(probabilisticSharpe({ ...estimate, skew: 0, kurtosis: 3 })).toBeCloseTo(0.9816749191, 9);
    expect(probabilisticSharpe({ ...estimate, skew: -2.448, kurtosis: 10.164 })).toBeCloseTo(0.9133610839, 9);
    expect(probabilisticSharpe({ sharpe: 1.585 / Math.sqrt(12), periods: 24, skew: -2.448, kurtosis: 10.164 })).toBeCloseTo(
      0.91323430688486,
      12,
    );
  });

  it("is unknown for an unknown estimate", () => {
    expect(probabilisticSharpe({ sharpe: Number.NaN, periods: 24, skew: 0, kurtosis: 3 })).toBeNaN();
    expect(probabilisticSharpe({ sharpe: 0.1, periods: 1, skew: 0, kurtosis: 3 })).toBeNaN();
  });
});

describe("sharpeDeviation", () => {
  it("matches two published hedge fund indices", () => {
    expect(sharpeDeviation({ sharpe: 0.7079, periods: 134, skew: -0.225, kurtosis: 2.957 })).toBeCloseTo(0.1028, 4);
    expect(sharpeDeviation({ sharpe: 0.8183, periods: 134, skew: -1.4455, kurtosis: 7.0497 })).toBeCloseTo(0.155, 4);
  });
});
