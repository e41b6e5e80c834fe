import { describe, expect, it } from "vitest";
import { createReplayClock } from "#lib/adapters/memory/replay-clock.ts";
import { clockContract } from "../../../contract/clock.contract.ts";

describe("createReplayClock", () => {
  clockContract(() => createReplayClock(Date.UTC(2020, 11, 31, 21)));

  it("stands still until it is moved", () => {
    const clock = createReplayClock(1000);
    expect(clock.now()).toBe(1000);
    clock.advanceTo(1000);
    clock.advanceTo(2500);
    expect(clock.now()).toBe(2500);
  });

  it("refuses to go back or to fractions", () => {
    const clock = createReplayClock(1000);
    expect(() => clock.advanceTo(999)).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
    expect(() => clock.advanceTo(Number.NaN)).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
    expect(() => createReplayClock(0.5)).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
    expect(clock.now()).toBe(1000);
  });
});
