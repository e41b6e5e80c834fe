import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRequestBudget } from "#lib/adapters/network/request-budget.ts";
import { createRng } from "#lib/core/rng.ts";
import { sleepingClock } from "./loopback.ts";

describe("createRequestBudget", () => {
  it("lets as many requests pass at once as a minute may have, and the next one a minute after the first", async () => {
    const { clock, sleep, waits, advance } = sleepingClock(1_000_000);
    const budget = createRequestBudget({ perMinute: 3, clock, sleep });
    await budget.take();
    advance(10_000);
    await budget.take();
    await budget.take();
    expect(waits).toEqual([]);
    await budget.take();
    expect(waits).toEqual([50_000]);
    await budget.take();
    expect(waits).toEqual([50_000, 10_000]);
  });

  it("serves callers in the order of their asking", async () => {
    const { clock, sleep } = sleepingClock(0);
    const budget = createRequestBudget({ perMinute: 1, clock, sleep });
    const served: number[] = [];
    await Promise.all([0, 1, 2, 3].map((caller) => budget.take().then(() => served.push(caller))));
    expect(served).toEqual([0, 1, 2, 3]);
  });

  it("goes on after a caller that was canceled", async () => {
    const { clock } = sleepingClock(0);
    const budget = createRequestBudget({
      perMinute: 1,
      clock,
      sleep: (_, signal) => (signal?.aborted ? Promise.reject(new Error("gone")) : Promise.resolve()),
    });
    await budget.take();
    await expect(budget.take(AbortSignal.abort())).rejects.toThrow("gone");
    await expect(budget.take()).resolves.toBeUndefined();
  });

  it("waits a minute each time by a clock that stands still, not longer and longer", async () => {
    const waits: number[] = [];
    const budget = createRequestBudget({ perMinute: 1, clock: { now: () => 5 }, sleep: async (ms) => void waits.push(ms) });
    for (let i = 0; i < 4; i++) await budget.take();
    expect(Math.max(...waits)).toBeLessThanOrEqual(4 * 60_000);
    expect(waits).toHaveLength(3);
  });

  it("never lets any minute see more requests than it may, whenever they are asked for", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.nat(), async (perMinute, seed) => {
        const rng = createRng(seed);
        const { clock, sleep, advance } = sleepingClock(0);
        const budget = createRequestBudget({ perMinute, clock, sleep });
        const sent: number[] = [];
        for (let i = 0; i < 60; i++) {
          if (rng.uniform() < 0.5) advance(rng.int(40_000));
          await budget.take();
          sent.push(clock.now());
        }
        for (const from of sent) expect(sent.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(perMinute);
      }),
      { numRuns: 40 },
    );
  });
});
