import { describe, expect, it } from "vitest";
import { qValues } from "#lib/leaderboard/q-values.ts";
import { metricsWith } from "./metrics.fixture.ts";

describe("qValues", () => {
  it("adjusts 1 - PSR across the rows and passes undefined ones", () => {
    const rows = [0.96, null, 0.99].map((psr) => {
      const metrics = metricsWith();
      return { ...metrics, residual: { ...metrics.residual, psr } };
    });
    const [first, second, third] = qValues(rows);
    expect(first).toBeCloseTo(0.04, 12);
    expect(second).toBeNull();
    expect(third).toBeCloseTo(0.02, 12);
  });
});
