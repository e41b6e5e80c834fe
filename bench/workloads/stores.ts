import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFsArtifactStore } from "#lib/adapters/local/fs-artifact-store.ts";
import { createSqliteMetadataStore } from "#lib/adapters/local/sqlite-metadata-store.ts";
import { createSystemClock } from "#lib/adapters/local/system-clock.ts";
import { sha256 } from "#lib/core/digest.ts";
import type { Figure, Workload } from "../workload.ts";

const RECORDS = 2000;
const ARTIFACTS = 60;
const ARTIFACT_BYTES = 1_000_000;

/** The local stores as a sweep uses them: small records written one by one, read in pages, artifacts of a megabyte. */
export const stores: Workload = {
  name: "stores",
  title: "Local stores: SQLite records and folder artifacts",
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), "sigma-bench-stores-"));
    try {
      return [...(await records(folder, "normal")), ...(await records(folder, "full")), ...(await artifacts(folder))];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function records(folder: string, synchronous: "normal" | "full"): Promise<Figure[]> {
  const store = createSqliteMetadataStore({ path: join(folder, `${synchronous}.sqlite`), clock: createSystemClock(), synchronous });
  const body = {
    status: "succeeded",
    metrics: Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`metric_${i}`, Math.sqrt(i + 2)])),
  };
  const note = `synchronous ${synchronous}`;
  const count = synchronous === "normal" ? RECORDS : RECORDS / 10;
  try {
    const write = await perSecond(count, (i) =>
      store.put(
        "state",
        { pk: "sweep#x", sk: `result#${String(i).padStart(6, "0")}`, body, index: { pk: "board", sk: String(i % 97) } },
        "absent",
      ),
    );
    const increment = await perSecond(count, () => store.increment("state", { pk: "run#x", sk: "event_sequence" }, 1));
    const figures: Figure[] = [
      { label: "records written", value: write, unit: "records/s", note },
      { label: "counter increments", value: increment, unit: "increments/s", note },
    ];
    if (synchronous === "full") return figures;
    const get = await perSecond(count, (i) => store.get("state", { pk: "sweep#x", sk: `result#${String(i).padStart(6, "0")}` }));
    const page = await perSecond(100, () => store.query({ table: "state", pk: "board", byIndex: true, descending: true, limit: 50 }));
    return [
      ...figures,
      { label: "records read by key", value: get, unit: "records/s" },
      { label: "pages of 50 by index", value: page, unit: "pages/s" },
    ];
  } finally {
    store.close();
  }
}

async function artifacts(folder: string): Promise<Figure[]> {
  const store = createFsArtifactStore({ root: join(folder, "artifacts") });
  const objects = Array.from({ length: ARTIFACTS }, (_, i) => new Uint8Array(ARTIFACT_BYTES).fill(i));
  const digests = objects.map((bytes) => sha256(bytes));
  const keys = digests.map((digest) => `matrices/${digest}/matrix.parquet`);
  const put = await perSecond(ARTIFACTS, (i) => store.put(keys[i]!, objects[i]!, "absent"));
  const get = await perSecond(ARTIFACTS, (i) => store.get(keys[i]!, digests[i]!));
  let { etag } = await store.put("models/m/matrix", objects[0]!.subarray(0, 100), "any");
  const swap = await perSecond(100, async (i) => {
    ({ etag } = await store.put("models/m/matrix", objects[i % ARTIFACTS]!.subarray(0, 100), { etag }));
  });
  return [
    { label: "artifacts of 1 MB written and flushed", value: put, unit: "MB/s" },
    { label: "artifacts of 1 MB read and verified", value: get, unit: "MB/s" },
    { label: "pointers replaced under a condition", value: swap, unit: "pointers/s" },
  ];
}

async function perSecond(count: number, work: (i: number) => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < count; i++) await work(i);
  return Math.round(count / ((performance.now() - start) / 1000));
}
