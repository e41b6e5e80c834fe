import { describe, expect, it } from "vitest";
import type { RunRecord } from "#lib/runs/run-record.schema.ts";
import { listRuns, type RunFilter, readRun, writeRun } from "#lib/runs/run-store.ts";
import { createRunPorts, START } from "./fake-engine.ts";

const runAt = (i: number, change: Partial<RunRecord> = {}): RunRecord => ({
  run_id: `build_${String(i).padStart(4, "0")}`,
  owner: "ann",
  machine: i % 3 === 0 ? "sweep" : "build",
  pack_id: "swingsigma",
  model_id: i % 10 === 7 ? "rare" : "often",
  tag: null,
  status: "succeeded",
  attempt: 1,
  created_at: new Date(START + 60_000 * Math.floor(i / 2)).toISOString(),
  ended_at: null,
  input: {},
  outputs: null,
  error: null,
  ...change,
});

async function hundredRuns() {
  const { metadata } = createRunPorts();
  for (let i = 0; i < 100; i++) await writeRun(metadata, runAt(i), "absent");
  await writeRun(metadata, runAt(100, { owner: "bob", run_id: "build_bob" }), "absent");
  return metadata;
}

async function walk(metadata: Awaited<ReturnType<typeof hundredRuns>>, filter: RunFilter, limit: number): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listRuns(metadata, "ann", filter, { limit, ...(cursor === undefined ? {} : { cursor }) });
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    found.push(...page.rows.map(({ run_id }) => run_id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

describe("listRuns", () => {
  it.each([1, 3, 7, 100])("finds every matching run once, newest first, in pages of %d", async (limit) => {
    const metadata = await hundredRuns();
    const rare = [97, 87, 77, 67, 57, 47, 37, 27, 17, 7].map((i) => `build_00${String(i).padStart(2, "0")}`);
    expect(await walk(metadata, { modelId: "rare" }, limit)).toEqual(rare);
    expect(await walk(metadata, {}, limit)).toHaveLength(100);
    expect(await walk(metadata, { machine: "sweep", packId: "swingsigma", status: "succeeded" }, limit)).toHaveLength(34);
    expect(await walk(metadata, { tag: "none" }, limit)).toEqual([]);
  });
});

describe("readRun", () => {
  it("does not find another owner's run", async () => {
    const metadata = await hundredRuns();
    await expect(readRun(metadata, "ann", "build_bob")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await readRun(metadata, "bob", "build_bob")).version).toBe(1);
  });
});

describe("writeRun", () => {
  it("refuses a version that is not the stored one", async () => {
    const metadata = await hundredRuns();
    await expect(writeRun(metadata, runAt(1, { status: "failed" }), 7)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await writeRun(metadata, runAt(1, { status: "failed" }), 1)).toBe(2);
  });
});
