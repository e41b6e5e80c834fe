import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createDynamoMetadataStore } from "#lib/adapters/aws/dynamo-metadata-store.ts";
import { createFsArtifactStore } from "#lib/adapters/local/fs-artifact-store.ts";
import { createSqliteMetadataStore } from "#lib/adapters/local/sqlite-metadata-store.ts";
import { createSystemClock } from "#lib/adapters/local/system-clock.ts";
import { sha256 } from "#lib/core/digest.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { createDynamoTables } from "../../test/lib/adapters/aws/dynamo-tables.ts";
import type { Figure, Workload } from "../workload.ts";

const RECORDS = 2000;
const ARTIFACTS = 60;
const ARTIFACT_BYTES = 1_000_000;

/**
 * The stores as a sweep uses them: small records written one by one, read in pages, artifacts of a megabyte. DynamoDB is an
 * emulator in a process of its own: what its figures say is the cost of the adapter and of a request, not the service's speed.
 */
export const stores: Workload = {
  name: "stores",
  title: "Stores: SQLite and DynamoDB records, folder artifacts",
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), "sigma-bench-stores-"));
    try {
      return [
        ...(await sqliteRecords(folder, "normal", RECORDS)),
        ...(await sqliteRecords(folder, "full", RECORDS / 10)),
        ...(await dynamoRecords(RECORDS / 10)),
        ...(await artifacts(folder)),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function sqliteRecords(folder: string, synchronous: "normal" | "full", count: number): Promise<Figure[]> {
  const store = createSqliteMetadataStore({ path: join(folder, `${synchronous}.sqlite`), clock: createSystemClock(), synchronous });
  try {
    return await records(store, count, `SQLite, synchronous ${synchronous}`);
  } finally {
    store.close();
  }
}

async function dynamoRecords(count: number): Promise<Figure[]> {
  const emulator = spawn(process.execPath, [join(import.meta.dirname, "..", "dynamo-emulator.mjs")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  try {
    const port = await new Promise<string>((settle) => emulator.stdout.once("data", (chunk: Buffer) => settle(chunk.toString().trim())));
    const client = new DynamoDBClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: "us-east-1",
      credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
    });
    const tables = await createDynamoTables(client, "bench");
    const store = createDynamoMetadataStore({ client, tables, clock: createSystemClock() });
    const figures = await records(store, count, "DynamoDB adapter on an emulator");
    client.destroy();
    return figures;
  } finally {
    emulator.kill();
  }
}

/** One store under the access patterns of the product. */
async function records(store: MetadataStore, count: number, note: string): Promise<Figure[]> {
  const body = {
    status: "succeeded",
    metrics: Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`metric_${i}`, Math.sqrt(i + 2)])),
  };
  const key = (i: number) => ({ pk: "sweep#x", sk: `result#${String(i).padStart(6, "0")}` });
  const write = await perSecond(count, (i) =>
    store.put("state", { ...key(i), body, index: { pk: "board", sk: String(i % 97) } }, "absent"),
  );
  const increment = await perSecond(count, () => store.increment("state", { pk: "run#x", sk: "event_sequence" }, 1));
  const get = await perSecond(count, (i) => store.get("state", key(i)));
  const page = await perSecond(100, () => store.query({ table: "state", pk: "board", byIndex: true, descending: true, limit: 50 }));
  return [
    { label: `records written, ${note}`, value: write, unit: "records/s" },
    { label: `counter increments, ${note}`, value: increment, unit: "increments/s" },
    { label: `records read by key, ${note}`, value: get, unit: "records/s" },
    { label: `pages of 50 by index, ${note}`, value: page, unit: "pages/s" },
  ];
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
