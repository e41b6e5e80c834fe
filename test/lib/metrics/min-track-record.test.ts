import { describe, expect, it } from "vitest";
import { minTrackRecord } from "#lib/metrics/min-track-record.ts";

const normal = { skew: 0, kurtosis: 3 };

/** Years of an annual ratio against an annual reference, with p periods a year. */
const years = (sharpe: number, reference: number, p: number, shape = normal) =>
  minTrackRecord({ sharpe: sharpe / Math.sqrt(p), ...shape }, reference / Math.sqrt(p)) / p;

describe("minTrackRecord", () => {
  it("matches the published hedge fund indices, monthly", () => {
    expect(minTrackRecord({ sharpe: 0.7079, skew: -0.225, kurtosis: 2.957 }) / 12).toBeCloseTo(0.7152, 4);
    expect(minTrackRecord({ sharpe: 0.8183, skew: -1.4455, kurtosis: 7.0497 }) / 12).toBeCloseTo(1.1593, 4);
  });

  it("matches annual 2 against 1 at daily, weekly and monthly periods", () => {
    expect(years(2, 1, 250)).toBeCloseTo(2.7311878017, 9);
    expect(years(2, 1, 52)).toBeCloseTo(2.8288335869, 9);
    expect(years(2, 1, 12)).toBeCloseTo(3.2398006964, 9);
  });

  it("grows with negative skew and fat tails", () => {
    const shape = { skew: -0.72, kurtosis: 5.78 };
    expect(years(2, 1, 12, shape)).toBeCloseTo(4.9912582239, 9);
    expect(years(3, 2.5, 12, shape)).toBeCloseTo(27.352920196, 8);
  });

  it("is undefined when the estimate is not above the reference", () => {
    expect(minTrackRecord({ sharpe: 0, ...normal })).toBeNaN();
    expect(minTrackRecord({ sharpe: Number.NaN, ...normal })).toBeNaN();
  });
});
