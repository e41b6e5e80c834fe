import { describe, expect, it } from "vitest";
import { planBatches } from "#lib/sweeps/batches.ts";

const variants = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ variant_id: i.toString(16).padStart(16, "0") }) as Parameters<typeof planBatches>[0][number]);
const sizes = (count: number, seconds: number, parallel = 2) =>
  planBatches(variants(count), seconds, parallel).map((batch) => batch.variants.length);

describe("planBatches", () => {
  it("gives each of up to 200 variants its own batch", () => {
    expect(sizes(45, 0.001)).toEqual(new Array(45).fill(1));
    expect(sizes(200, 10)).toHaveLength(200);
  });

  it("fills calls of about a minute above that", () => {
    // 3,000 x 1 s = 50 minutes.
    expect(sizes(3000, 1)).toEqual(new Array(50).fill(60));
  });

  it("leaves no parallel call without work", () => {
    expect(sizes(201, 0.0005)).toEqual([101, 100]);
  });

  it("keeps every variant once, in order, under ids that repeat", () => {
    const list = variants(999);
    const batches = planBatches(list, 2, 4);
    expect(batches.flatMap((batch) => batch.variants)).toEqual(list);
    expect(new Set(batches.map(({ batch_id }) => batch_id)).size).toBe(batches.length);
    expect(planBatches(list, 2, 4)).toEqual(batches);
  });

  it("has no batch without variants", () => {
    expect(planBatches([], 1, 2)).toEqual([]);
  });
});
