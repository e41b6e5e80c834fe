import { describe, expect, it } from "vitest";
import { createColumnWorkers } from "#lib/adapters/local/column-workers.ts";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import { computePlan, planIndicators } from "#lib/indicators/plan.ts";
import { HOURLY, inputsOf, roughWalk } from "../../indicators/series.ts";

const ownBars = [...INDICATORS.values()].filter((definition) => definition.needs === undefined);
const plan = planIndicators([...ownBars.map(({ name }) => ({ name })), { name: "sma_7", column: "high", carry_forward: true }]);
const bars = roughWalk(700, "workers", HOURLY);
const expected = computePlan(plan, inputsOf(bars));

let started = 0;
process.on("worker", () => {
  started += 1;
});

describe("createColumnWorkers", () => {
  it.each([1, 2, 3])("gives on %i threads, to the bit, what one thread gives", async (threads) => {
    const compute = createColumnWorkers({ threads, leastValues: 1, leastThreads: 2 });
    expect(await compute(plan, inputsOf(bars), new Map())).toEqual(expected);
  });

  it("keeps plans apart that are computed at once, also on views into longer arrays", async () => {
    const compute = createColumnWorkers({ threads: 2, leastValues: 1, leastThreads: 2 });
    const ends = [700, 350, 500];
    const results = await Promise.all(ends.map((end) => compute(plan, inputsOf(bars, 0, end), new Map())));
    results.forEach((columns, i) => {
      columns.forEach((column, c) => {
        expect(column).toEqual(expected[c]!.subarray(0, ends[i]));
      });
    });
  });

  it("passes on what an indicator refuses", async () => {
    const foreign = planIndicators([{ name: "rsi_14", underlying: "SPY" }, { name: "sma_5" }]);
    const compute = createColumnWorkers({ threads: 2, leastValues: 1, leastThreads: 2 });
    await expect(compute(foreign, inputsOf(bars), new Map())).rejects.toMatchObject({ code: "DATA_UNAVAILABLE" });
  });

  it("leaves the work to one thread where there are two only, and where there is little of it", async () => {
    const threadsStarted = async (options: Parameters<typeof createColumnWorkers>[0]): Promise<number> => {
      started = 0;
      expect(await createColumnWorkers(options)(plan, inputsOf(bars), new Map())).toEqual(expected);
      return started;
    };
    expect(await threadsStarted({ threads: 2, leastValues: 1 })).toBe(0);
    expect(await threadsStarted({ threads: 3 })).toBe(0);
    expect(await threadsStarted({ threads: 3, leastValues: 1 })).toBe(2);
  });
});
