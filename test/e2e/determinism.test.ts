import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createScratch, digestsOf, type HomeRecord, recordsOf } from "./home.ts";
import { goTheWholeWay } from "./whole-way.ts";
import { openWorld } from "./world.ts";

const scratch = createScratch();
beforeAll(() => void vi.stubEnv("SIGMA_CLOCK", "2026-01-02T21:00:00Z"));
afterAll(() => {
  vi.unstubAllEnvs();
  scratch.remove();
});

async function wholeWay(name: string, workers: number): Promise<{ artifacts: Record<string, string>; records: unknown; signal: unknown }> {
  const home = join(scratch.path, name);
  const world = await openWorld(home, workers);
  try {
    const signal = await goTheWholeWay(world);
    return { artifacts: digestsOf(home), records: inAnyOrder(recordsOf(home)), signal };
  } finally {
    await world.close();
  }
}

/** Steps of a map end in the order that the machine gives them; what they say does not depend on it. */
function inAnyOrder(records: readonly HomeRecord[]): string[] {
  return records
    .map(({ table, pk, sk, version, body }) => {
      if (sk.startsWith("event#")) return JSON.stringify([pk, "event", body["step"], body["item"], body["message"]]);
      if (sk.startsWith("done#")) return JSON.stringify([pk, sk]);
      return JSON.stringify([table, pk, sk, version, body]);
    })
    .sort();
}

describe("the whole way, under a clock that stands still", () => {
  it("leaves the same bytes in a fresh home, with one worker and with two", { timeout: 240_000 }, async () => {
    const first = await wholeWay("first home", 2);
    const second = await wholeWay("second home", 2);
    const alone = await wholeWay("third home", 1);
    expect(Object.keys(first.artifacts).length).toBeGreaterThan(40);
    expect(second.artifacts).toEqual(first.artifacts);
    expect(alone.artifacts).toEqual(first.artifacts);
    expect(second.records).toEqual(first.records);
    expect(alone.records).toEqual(first.records);
    expect(second.signal).toEqual(first.signal);
    expect(alone.signal).toEqual(first.signal);
    expect(first.signal).toMatchObject({ signal: expect.stringMatching(/^(BUY|SELL|HOLD)$/) });
  });
});
