import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapConcurrently } from "#lib/core/map-concurrently.ts";

const later = (): Promise<void> => new Promise((done) => setImmediate(done));

describe("mapConcurrently", () => {
  it("gives results in the order of the items, whichever ends first", async () => {
    const waits = [3, 1, 2, 0];
    const results = await mapConcurrently(waits, 4, async (turns, index) => {
      for (let i = 0; i < turns; i++) await later();
      return `${index}:${turns}`;
    });
    expect(results).toEqual(["0:3", "1:1", "2:2", "3:0"]);
  });

  it("never works on more items at once than it may, and on every one once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(20), fc.integer({ min: 1, max: 6 }), async (count, width) => {
        let inside = 0;
        let most = 0;
        const seen: number[] = [];
        await mapConcurrently(
          Array.from({ length: count }, (_, i) => i),
          width,
          async (item) => {
            inside += 1;
            most = Math.max(most, inside);
            seen.push(item);
            await later();
            inside -= 1;
          },
        );
        expect(most).toBeLessThanOrEqual(width);
        expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
      }),
      { numRuns: 30 },
    );
  });

  it("starts nothing after a failure, and throws it when what was under way has ended", async () => {
    const started: number[] = [];
    let ended = 0;
    const work = mapConcurrently([0, 1, 2, 3, 4, 5], 2, async (item) => {
      started.push(item);
      await later();
      if (item === 1) throw new Error("one");
      await later();
      ended += 1;
    });
    await expect(work).rejects.toThrow("one");
    expect(started).toEqual([0, 1]);
    expect(ended).toBe(1);
  });
});
