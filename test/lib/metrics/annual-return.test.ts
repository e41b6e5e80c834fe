import { describe, expect, it } from "vitest";
import { annualReturn } from "#lib/metrics/annual-return.ts";

describe("annualReturn", () => {
  it("compounds to a year", () => {
    expect(annualReturn(0.21, 504, 252)).toBeCloseTo(0.1, 12);
    expect(annualReturn(-1, 504, 252)).toBe(-1);
  });

  it("is undefined for an empty span", () => {
    expect(annualReturn(0, 0, 252)).toBeNaN();
  });
});
