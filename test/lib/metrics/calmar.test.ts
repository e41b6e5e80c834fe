import { describe, expect, it } from "vitest";
import { calmarRatio } from "#lib/metrics/calmar.ts";

describe("calmarRatio", () => {
  it("divides the annual return by the drawdown", () => {
    expect(calmarRatio(0.12, 0.2, 500)).toBeCloseTo(0.6, 12);
  });

  it("refuses to extrapolate a short span", () => {
    // The 7-return reference series would give 1135.6.
    expect(calmarRatio(283.9, 0.25, 7)).toBeNaN();
  });

  it("is undefined without a drawdown", () => {
    expect(calmarRatio(0.12, 0, 500)).toBeNaN();
  });
});
