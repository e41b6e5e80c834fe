import { describe, expect, it } from "vitest";
import { binaryLogLoss, logLoss } from "#lib/metrics/log-loss.ts";

const forecasts = Float64Array.of(0.05, 0.15, 0.15, 0.35, 0.35, 0.35, 0.55, 0.65, 0.65, 0.85, 0.95, 0.95);
const outcomes = [0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1];

describe("binaryLogLoss", () => {
  it("matches the reference", () => {
    expect(binaryLogLoss(forecasts, outcomes)).toBeCloseTo(0.5304889771, 9);
  });

  it("stays finite after a certain miss", () => {
    expect(binaryLogLoss(Float64Array.of(1), [0])).toBeCloseTo(-Math.log(1e-15), 6);
    expect(binaryLogLoss(Float64Array.of(Number.NaN), [0])).toBeNaN();
  });
});

describe("logLoss", () => {
  it("equals the binary one for two classes", () => {
    const rows = Float64Array.from([...forecasts].flatMap((p) => [1 - p, p]));
    expect(logLoss(rows, outcomes, 2)).toBeCloseTo(0.5304889771, 9);
  });

  it("weighs rows and leaves unknown ones out", () => {
    const rows = Float64Array.of(0.5, 0.25, 0.25, 0.2, 0.3, 0.5, Number.NaN, Number.NaN, Number.NaN, 1, 0, 0);
    const expected = (3 * Math.log(2) + Math.log(2)) / 4;
    expect(logLoss(rows, [0, 2, 1, -1], 3, Float64Array.of(3, 1, 9, 9))).toBeCloseTo(expected, 12);
  });
});
