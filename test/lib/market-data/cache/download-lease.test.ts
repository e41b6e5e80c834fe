import { describe, expect, it } from "vitest";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createDownloadLease } from "#lib/market-data/cache/download-lease.ts";

const KEY = "owners/local/data/fake/SPY/daily.lease";

function party(artifacts: ReturnType<typeof createMemoryArtifactStore>, holder: string) {
  const waits: number[] = [];
  const sleep = async (ms: number): Promise<void> => {
    waits.push(ms);
    await new Promise((later) => setTimeout(later, 1));
  };
  return { lease: createDownloadLease({ artifacts, sleep, holder }), waits };
}

describe("createDownloadLease", () => {
  it("lets one holder work at a time and leaves nothing behind, also after a failure", async () => {
    const artifacts = createMemoryArtifactStore();
    let inside = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      expect(inside).toBe(1);
      await new Promise((done) => setTimeout(done, 5));
      inside -= 1;
      throw new Error("work");
    };
    const parties = ["a", "b", "c"].map((holder) => party(artifacts, holder).lease);
    const ends = await Promise.allSettled(parties.map((lease) => lease.hold(KEY, work)));
    expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(await artifacts.head(KEY)).toBeUndefined();
  });

  it("waits a minute for a holder that does not move before it takes over", async () => {
    const artifacts = createMemoryArtifactStore();
    await artifacts.put(KEY, new TextEncoder().encode("dead"), "absent");
    const { lease, waits } = party(artifacts, "b");
    expect(await lease.hold(KEY, async () => "done")).toBe("done");
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBe(60_000);
    expect(await artifacts.head(KEY)).toBeUndefined();
  });

  it("waits on while the holder renews, and a holder that was taken over leaves the other's lease alone", async () => {
    const artifacts = createMemoryArtifactStore();
    const { lease: slow } = party(artifacts, "a");
    const { lease: other, waits } = party(artifacts, "b");
    let released: () => void = () => {};
    const free = new Promise<void>((done) => {
      released = done;
    });
    const order: string[] = [];
    const first = slow.hold(KEY, async (renew) => {
      for (let i = 0; i < 10; i++) {
        await new Promise((done) => setTimeout(done, 20));
        await renew();
      }
      order.push("a stops renewing");
      await free;
      await renew();
    });
    const second = other.hold(KEY, async () => {
      order.push("b takes over");
      released();
      await first;
      expect(await artifacts.head(KEY)).toBeDefined();
    });
    await second;
    expect(order).toEqual(["a stops renewing", "b takes over"]);
    expect(waits.length).toBeGreaterThan(120);
    expect(await artifacts.head(KEY)).toBeUndefined();
  });
});
