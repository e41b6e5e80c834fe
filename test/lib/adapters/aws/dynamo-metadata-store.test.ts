import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import dynalite from "dynalite";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createDynamoMetadataStore } from "#lib/adapters/aws/dynamo-metadata-store.ts";
import { createReplayClock } from "#lib/adapters/memory/replay-clock.ts";
import type { MetadataStore, Table, Write } from "#lib/ports/metadata-store.ts";
import { CONTRACT_START, metadataStoreContract } from "../../../contract/metadata-store.contract.ts";
import { describeWithAws, emulated } from "./aws-endpoint.ts";
import { createDynamoTables } from "./dynamo-tables.ts";

const noWait = async (): Promise<void> => {};

describe("createDynamoMetadataStore on dynalite", () => {
  let server: Server;
  let client: DynamoDBClient;
  let tables: Record<Table, string>;
  beforeAll(async () => {
    server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", () => listening()));
    client = new DynamoDBClient(emulated(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    tables = await createDynamoTables(client, "contract");
  });
  afterAll(async () => {
    client.destroy();
    await new Promise((closed) => server.close(closed));
  });

  metadataStoreContract(
    async () => {
      const clock = createReplayClock(CONTRACT_START);
      return { store: createDynamoMetadataStore({ client, tables, clock }), clock };
    },
    {
      noTransactions: "dynalite has no TransactWriteItems",
      noAstralBounds: "dynalite compares the bounds of a condition by UTF-16 units, DynamoDB by bytes",
      propertyRuns: 40,
    },
  );
});

describeWithAws("createDynamoMetadataStore on an emulator", (endpoint) => {
  const client = new DynamoDBClient(emulated(endpoint));
  let tables: Record<Table, string>;
  beforeAll(async () => {
    tables = await createDynamoTables(client, `contract-${process.pid}`);
  });
  afterAll(() => client.destroy());

  metadataStoreContract(
    async () => {
      const clock = createReplayClock(CONTRACT_START);
      return { store: createDynamoMetadataStore({ client, tables, clock }), clock };
    },
    { noConcurrency: "emulators such as moto serve requests in threads without isolation", propertyRuns: 25 },
  );
});

describe("createDynamoMetadataStore on a failing service", () => {
  // Mocked while this suite runs only: the suites above talk to an emulator.
  const mock = () => mockClient(DynamoDBDocumentClient);
  let dynamo: ReturnType<typeof mock>;
  beforeAll(() => {
    dynamo = mock();
  });
  afterEach(() => dynamo.reset());
  afterAll(() => dynamo.restore());
  const tables = { state: "t-state", signals: "t-signals", idempotency: "t-idempotency" };
  const store: MetadataStore = createDynamoMetadataStore({
    client: new DynamoDBClient({ region: "us-east-1" }),
    tables,
    clock: createReplayClock(CONTRACT_START),
    sleep: noWait,
  });
  const key = { pk: "p", sk: "s" };
  const draft = { ...key, body: { n: 1 } };
  const put: Write = { kind: "put", table: "state", record: draft, condition: "any" };
  const failure = (name: string, status: number, more: object = {}) =>
    Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status }, ...more });
  const canceled = (...codes: string[]) =>
    failure("TransactionCanceledException", 400, { CancellationReasons: codes.map((Code) => ({ Code })) });

  it.each([
    ["ProvisionedThroughputExceededException", 400, "STORE_UNAVAILABLE"],
    ["ThrottlingException", 400, "STORE_UNAVAILABLE"],
    ["InternalServerError", 500, "STORE_UNAVAILABLE"],
    ["ResourceNotFoundException", 400, "CONFIG_INVALID"],
    ["AccessDeniedException", 400, "CONFIG_INVALID"],
    ["UnrecognizedClientException", 400, "CONFIG_INVALID"],
  ])("names %s (%i) as %s, whatever was asked", async (name, status, code) => {
    dynamo.rejects(failure(name, status));
    await expect(store.get("state", key)).rejects.toMatchObject({ code });
    await expect(store.put("state", draft, "any")).rejects.toMatchObject({ code });
    await expect(store.remove("state", key, "any")).rejects.toMatchObject({ code });
    await expect(store.transact([put])).rejects.toMatchObject({ code });
    await expect(store.query({ table: "state", pk: "p", limit: 1 })).rejects.toMatchObject({ code });
    await expect(store.increment("state", key, 1)).rejects.toMatchObject({ code });
  });

  it("names a connection that fails as retryable, and lets a bug through as it is", async () => {
    dynamo.on(GetCommand).rejects(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }));
    await expect(store.get("state", key)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE", retryable: true });
    dynamo.on(GetCommand).rejects(failure("ValidationException", 400));
    await expect(store.get("state", key)).rejects.toMatchObject({ name: "ValidationException" });
  });

  it("recognises its own write when the SDK's retry meets it", async () => {
    dynamo.on(UpdateCommand).rejects(failure("ConditionalCheckFailedException", 400));
    dynamo.on(GetCommand).callsFake(() => {
      const sent = dynamo.commandCalls(UpdateCommand)[0]!.args[0].input.ExpressionAttributeValues!;
      return { Item: { ...key, version: 8, body: '{"n":1}', write_id: sent[":write_id"] } };
    });
    expect(await store.put("state", draft, 7)).toBe(8);
    dynamo.on(GetCommand).resolves({ Item: { ...key, version: 8, body: '{"n":2}', write_id: "another's" } });
    await expect(store.put("state", draft, 7)).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("does not count twice when the SDK's retry meets its own increment", async () => {
    dynamo.on(UpdateCommand).rejects(failure("ConditionalCheckFailedException", 400));
    dynamo.on(GetCommand).callsFake(() => {
      const sent = dynamo.commandCalls(UpdateCommand)[0]!.args[0].input.ExpressionAttributeValues!;
      return { Item: { ...key, version: 2, counter: 5, write_id: sent[":write"] } };
    });
    expect(await store.increment("state", key, 1)).toBe(5);
    expect(dynamo.commandCalls(UpdateCommand)).toHaveLength(1);
  });

  it("waits for a transaction that holds the item, and gives up after eight attempts", async () => {
    const held = failure("TransactionConflictException", 400);
    dynamo
      .on(UpdateCommand)
      .rejectsOnce(held)
      .rejectsOnce(held)
      .resolves({ Attributes: { version: 3 } });
    expect(await store.put("state", draft, 2)).toBe(3);
    dynamo.reset();
    dynamo.on(DeleteCommand).rejects(held);
    await expect(store.remove("state", key, "any")).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect(dynamo.commandCalls(DeleteCommand)).toHaveLength(8);
  });

  it("repeats a transaction that met another, and reports a failed condition", async () => {
    dynamo.on(TransactWriteCommand).rejectsOnce(canceled("None", "TransactionConflict")).resolves({});
    await store.transact([put, { kind: "remove", table: "state", key: { pk: "p", sk: "t" }, condition: 1 }]);
    expect(dynamo.commandCalls(TransactWriteCommand)).toHaveLength(2);
    dynamo.on(TransactWriteCommand).rejects(canceled("None", "ConditionalCheckFailed"));
    const writes: Write[] = [put, { kind: "remove", table: "state", key: { pk: "p", sk: "t" }, condition: 1 }];
    await expect(store.transact(writes)).rejects.toMatchObject({ code: "CONFLICT", facts: { table: "state", pk: "p", sk: "t" } });
    dynamo.on(TransactWriteCommand).rejects(canceled("ValidationError", "None"));
    await expect(store.transact(writes)).rejects.toMatchObject({ name: "TransactionCanceledException" });
  });

  it("turns to replacing an expired item when an unconditional write in a transaction meets one", async () => {
    dynamo.on(TransactWriteCommand).rejectsOnce(canceled("ConditionalCheckFailed")).resolves({});
    await store.transact([put]);
    const conditions = dynamo
      .commandCalls(TransactWriteCommand)
      .map(({ args }) => args[0].input.TransactItems![0]!.Update!.ConditionExpression);
    expect(conditions).toEqual(["(attribute_not_exists(#expires) OR #expires >= :now)", "#expires < :now"]);
  });

  it("writes the body as canonical JSON text and asks for strongly consistent reads", async () => {
    dynamo.on(UpdateCommand).resolves({ Attributes: { version: 1 } });
    dynamo.on(GetCommand).resolves({});
    dynamo.on(QueryCommand).resolves({ Items: [] });
    await store.put("signals", { ...key, body: { b: 1e-200, a: [null] } }, "absent");
    const { TableName, ExpressionAttributeValues } = dynamo.commandCalls(UpdateCommand)[0]!.args[0].input;
    expect(TableName).toBe("t-signals");
    expect(ExpressionAttributeValues![":body"]).toBe('{"a":[null],"b":1e-200}');
    await store.get("state", key);
    expect(dynamo.commandCalls(GetCommand)[0]!.args[0].input.ConsistentRead).toBe(true);
    await store.query({ table: "state", pk: "p", limit: 1 });
    await store.query({ table: "state", pk: "p", byIndex: true, limit: 1 });
    const reads = dynamo.commandCalls(QueryCommand).map(({ args }) => [args[0].input.IndexName, args[0].input.ConsistentRead]);
    expect(reads).toEqual([
      [undefined, true],
      ["by_index", undefined],
    ]);
  });

  it("reads on while DynamoDB says there is more, until the page is full", async () => {
    const item = (sk: string) => ({ pk: "p", sk, version: 1, body: "{}" });
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [item("a")], LastEvaluatedKey: { pk: "p", sk: "a" } })
      .resolvesOnce({ Items: [], LastEvaluatedKey: { pk: "p", sk: "b" } })
      .resolvesOnce({ Items: [item("c"), item("d")], LastEvaluatedKey: { pk: "p", sk: "d" } })
      .resolves({ Items: [item("never asked")] });
    const page = await store.query({ table: "state", pk: "p", limit: 2 });
    expect(page.records.map(({ sk }) => sk)).toEqual(["a", "c"]);
    expect(page.nextCursor).not.toBeNull();
    expect(dynamo.commandCalls(QueryCommand)).toHaveLength(3);
  });
});
