import { describe, expect, it } from "vitest";
import { runningSum } from "#lib/indicators/kernels/running-sum.ts";

describe("runningSum", () => {
  it("adds up and leaves unknown values out", () => {
    expect(Array.from(runningSum(Float64Array.of(1, 2, Number.NaN, 4)))).toEqual([1, 3, Number.NaN, 7]);
  });

  it("keeps what a plain sum loses", () => {
    // Summed plainly, the ones vanish beside 1e17 and the last value is 0.
    const x = new Float64Array(1002).fill(1);
    x[0] = 1e17;
    x[1001] = -1e17;
    expect(runningSum(x)[1001]).toBe(1000);
  });
});
