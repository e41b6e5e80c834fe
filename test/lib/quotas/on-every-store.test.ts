import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import dynalite from "dynalite";
import { afterAll, beforeAll, describe } from "vitest";
import { createDynamoMetadataStore } from "#lib/adapters/aws/dynamo-metadata-store.ts";
import { createSqliteMetadataStore, type SqliteMetadataStore } from "#lib/adapters/local/sqlite-metadata-store.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { createReplayClock } from "#lib/adapters/memory/replay-clock.ts";
import { QUOTA_START, quotasContract } from "../../contract/quotas.contract.ts";
import { emulated } from "../adapters/aws/aws-endpoint.ts";
import { createDynamoTables } from "../adapters/aws/dynamo-tables.ts";

describe("quotas over memory", () => {
  quotasContract(async () => {
    const clock = createReplayClock(QUOTA_START);
    const store = createMemoryMetadataStore({ clock });
    return { store, clock, reopen: () => store };
  });
});

describe("quotas over SQLite", () => {
  const folder = mkdtempSync(join(tmpdir(), "sigma quotas "));
  const opened: SqliteMetadataStore[] = [];
  let files = 0;
  afterAll(() => {
    for (const store of opened) store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  quotasContract(async () => {
    const clock = createReplayClock(QUOTA_START);
    const path = join(folder, `${++files}.sqlite`);
    const open = () => {
      const store = createSqliteMetadataStore({ path, clock });
      opened.push(store);
      return store;
    };
    return { store: open(), clock, reopen: open };
  });
});

describe("quotas over DynamoDB, on dynalite", () => {
  let server: Server;
  let client: DynamoDBClient;
  let worlds = 0;
  beforeAll(async () => {
    server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", () => listening()));
    client = new DynamoDBClient(emulated(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
  afterAll(async () => {
    client.destroy();
    await new Promise((closed) => server.close(closed));
  });
  quotasContract(async () => {
    const clock = createReplayClock(QUOTA_START);
    const tables = await createDynamoTables(client, `quotas-${++worlds}`);
    const open = () => createDynamoMetadataStore({ client, tables, clock });
    return { store: open(), clock, reopen: open };
  });
});
