import { describe, expect, it } from "vitest";
import { measureMachine } from "#infra/local/machine-probe.ts";

describe("measureMachine", () => {
  it("times a training once a process, and says what runs at once", async () => {
    const first = measureMachine();
    expect(measureMachine()).toBe(first);
    const { factor, parallelCalls } = await first;
    expect(factor).toBeGreaterThan(0.05);
    expect(Number.isFinite(factor)).toBe(true);
    expect(parallelCalls).toBeGreaterThanOrEqual(1);
  });
});
