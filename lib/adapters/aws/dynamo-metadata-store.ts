import { randomUUID } from "node:crypto";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MetadataStore, Query, RecordKey, StoredRecord, Table } from "../../ports/metadata-store.ts";
import { decodeCursor, encodeCursor } from "../record-cursor.ts";
import {
  type CheckedRecord,
  type CheckedWrite,
  checkCondition,
  checkIncrement,
  checkKey,
  checkQuery,
  checkRecord,
  checkTable,
  checkWrites,
  conflict,
  expirySecond,
  keyText,
  unmet,
} from "../record-limits.ts";
import { inRange, sortKeyRange } from "../record-order.ts";
import { awsFault } from "./aws-fault.ts";
import { conditionParts, type Item, type ItemCondition, readItem, updateParts } from "./dynamo-item.ts";
import { queryInput } from "./dynamo-query.ts";

export interface DynamoMetadataStoreOptions {
  readonly client: DynamoDBClient;
  /** The deployed name of each table. */
  readonly tables: Readonly<Record<Table, string>>;
  readonly clock: Clock;
  /** Waits between attempts on contended items; tests pass one that does not wait. */
  readonly sleep?: (ms: number) => Promise<void>;
}

/** How often a write is tried that meets a transaction on the same item, or an item that expires meanwhile. */
const CONTENTION_ATTEMPTS = 8;

/**
 * Keeps records in DynamoDB: keys `pk` and `sk`, the sparse index `by_index` on `ipk` and `isk`, expiry in
 * `expires_at`. The body is one text attribute with canonical JSON: number attributes cannot hold every float64
 * (1e-200, negative zero), and the text is byte for byte what SQLite keeps. The price: attributes of the body cannot
 * be used in expressions or stream filters. Counters are a number attribute, so that increments are atomic.
 *
 * Throttling and network faults are retried by the SDK. Each write leaves a mark, so that a retry which meets its own
 * earlier, unheard success does not report a conflict or count twice.
 */
export function createDynamoMetadataStore(options: DynamoMetadataStoreOptions): MetadataStore {
  const { tables, clock, sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms)) } = options;
  const client = DynamoDBDocumentClient.from(options.client, { marshallOptions: { removeUndefinedValues: true } });
  const now = (): number => expirySecond(clock.now());
  const keyOf = ({ pk, sk }: RecordKey) => ({ pk, sk });
  const fault = (error: unknown, what: string): unknown => awsFault(error, `${what} in DynamoDB`, ["ResourceNotFoundException"]);

  /** The stored item, expired or not, strongly consistent. */
  const fetch = async (table: Table, key: RecordKey): Promise<Item | undefined> => {
    try {
      const { Item } = await client.send(new GetCommand({ TableName: tables[table], Key: keyOf(key), ConsistentRead: true }));
      return Item as Item | undefined;
    } catch (error) {
      throw fault(error, `reading ${keyText(key)}`);
    }
  };

  const isLive = (item: Item): boolean => item.expires_at === undefined || item.expires_at >= now();

  /** Repeats a write while another transaction holds its items. `attempt` returns undefined to be tried again. */
  const contended = async <T extends object>(what: string, attempt: () => Promise<T | undefined>): Promise<T> => {
    for (let tried = 1; tried <= CONTENTION_ATTEMPTS; tried++) {
      try {
        const result = await attempt();
        if (result) return result;
      } catch (error) {
        if ((error as Error).name !== "TransactionConflictException") throw fault(error, what);
      }
      await sleep(Math.min(1000, 20 * 2 ** tried) * Math.random());
    }
    throw new SigmaError("STORE_UNAVAILABLE", `Other writes kept ${what} from happening in DynamoDB. Try again.`, { what });
  };

  const update = async (table: Table, record: CheckedRecord, condition: ItemCondition, writeId: string): Promise<number | undefined> => {
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName: tables[table],
          Key: record.key,
          ...updateParts(record, condition, now(), writeId),
          ReturnValues: "UPDATED_NEW",
        }),
      );
      return (Attributes as Item).version;
    } catch (error) {
      if (!isFailedCondition(error)) throw error;
      const stored = await fetch(table, record.key);
      return stored?.write_id === writeId ? stored.version : undefined;
    }
  };

  return {
    async get(table, key) {
      checkTable(table);
      const item = await fetch(table, checkKey(key));
      return item && isLive(item) ? readItem(item) : undefined;
    },

    async put(table, draft, condition) {
      checkTable(table);
      checkCondition(condition);
      const record = checkRecord(draft);
      const writeId = randomUUID();
      const { version } = await contended(`writing ${keyText(draft)}`, async () => {
        const written = await update(table, record, condition, writeId);
        if (written !== undefined) return { version: written };
        if (condition !== "any") throw conflict(table, draft, unmet(condition));
        // The stored item has expired: replace it, unless it changes or goes meanwhile.
        const replaced = await update(table, record, "expired", writeId);
        return replaced === undefined ? undefined : { version: replaced };
      });
      return version;
    },

    async remove(table, key, condition) {
      checkTable(table);
      checkCondition(condition);
      checkKey(key);
      await contended(`removing ${keyText(key)}`, async () => {
        try {
          await client.send(new DeleteCommand({ TableName: tables[table], Key: keyOf(key), ...deleteParts(condition, now()) }));
          return {};
        } catch (error) {
          if (isFailedCondition(error)) throw conflict(table, key, unmet(condition));
          throw error;
        }
      });
    },

    async transact(writes) {
      const checked = checkWrites(writes);
      const replacesExpired = new Set<number>();
      await contended(`a transaction of ${writes.length} writes`, async () => {
        const items = checked.map((write, i) => transactItem(write, tables, now(), replacesExpired.has(i)));
        try {
          await client.send(new TransactWriteCommand({ TransactItems: items }));
          return {};
        } catch (error) {
          for (const i of failedConditions(error)) {
            const write = checked[i]!;
            const key = write.kind === "put" ? write.record : write.key;
            if (write.condition !== "any") throw conflict(write.table, key, unmet(write.condition));
            // `any` on an expired item replaces it; if that fails too, the item changed meanwhile: the other way again.
            if (!replacesExpired.delete(i)) replacesExpired.add(i);
          }
          return undefined;
        }
      });
    },

    async query(query) {
      checkQuery(query);
      const from = decodeCursor(query);
      // Sort keys of a partition are unique, so going on after a record is a bound; in the index they need not be.
      const range = sortKeyRange(from === undefined || query.byIndex ? query : continued(query, from.sk));
      const records: StoredRecord[] = [];
      if (range.empty) return { records, nextCursor: null };
      const input = queryInput(query, range, query.byIndex ? from : undefined, tables[query.table], now());
      try {
        do {
          const page = await client.send(new QueryCommand({ ...input, Limit: query.limit + 2 - records.length }));
          for (const item of (page.Items ?? []) as Item[]) {
            const record = readItem(item);
            const sortKey = query.byIndex ? record.index?.sk : record.sk;
            if (sortKey !== undefined && inRange(sortKey, range)) records.push(record);
          }
          input.ExclusiveStartKey = page.LastEvaluatedKey;
        } while (input.ExclusiveStartKey && records.length <= query.limit);
      } catch (error) {
        throw fault(error, `querying "${query.pk}"`);
      }
      const shown = records.slice(0, query.limit);
      return { records: shown, nextCursor: records.length > query.limit ? encodeCursor(query, shown.at(-1)!) : null };
    },

    async increment(table, key, by, { limit = Number.MAX_SAFE_INTEGER, expiresAt } = {}) {
      checkTable(table);
      checkIncrement(key, by, limit, expiresAt);
      const writeId = randomUUID();
      const fresh = checkRecord({ ...keyOf(key), body: { value: by }, ...(expiresAt !== undefined && { expiresAt }) });
      const { value } = await contended(`counting ${keyText(key)}`, async () => {
        try {
          const { Attributes } = await client.send(
            new UpdateCommand({
              TableName: tables[table],
              Key: keyOf(key),
              ...incrementParts(by, limit, expiresAt, now(), writeId),
              ReturnValues: "UPDATED_NEW",
            }),
          );
          return { value: (Attributes as Item).counter };
        } catch (error) {
          if (!isFailedCondition(error)) throw error;
        }
        const stored = await fetch(table, key);
        if (stored?.write_id === writeId) return { value: stored.counter };
        if (stored === undefined || !isLive(stored)) {
          if (by > limit) return { value: undefined };
          return (await update(table, fresh, "absent", writeId)) === undefined ? undefined : { value: by };
        }
        if (stored.counter === undefined) throw conflict(table, key, "is not a counter");
        return stored.counter + by > limit ? { value: undefined } : undefined;
      });
      return value;
    },
  };
}

/** The same query, without what its earlier pages showed. */
const continued = (query: Query, sk: string): Query => (query.descending ? { ...query, before: sk } : { ...query, after: sk });

/** Adds to a live counter that has room. A missing or expired one is made by another write. */
function incrementParts(by: number, limit: number, expiresAt: number | undefined, now: number, writeId: string) {
  const expiry = expiresAt === undefined ? {} : { ":expires": expiresAt };
  return {
    UpdateExpression: `SET #counter = #counter + :by, #version = #version + :one, #write = :write${expiresAt === undefined ? "" : ", #expires = :expires"}`,
    ConditionExpression: "#counter <= :room AND (attribute_not_exists(#expires) OR #expires >= :now) AND #write <> :write",
    ExpressionAttributeNames: { "#counter": "counter", "#version": "version", "#write": "write_id", "#expires": "expires_at" },
    ExpressionAttributeValues: {
      ":by": by,
      ":one": 1,
      ":room": Math.min(limit - by, Number.MAX_SAFE_INTEGER),
      ":now": now,
      ":write": writeId,
      ...expiry,
    },
  };
}

function deleteParts(condition: "absent" | "any" | number, now: number) {
  if (condition === "any") return {};
  const { text, names, values } = conditionParts(condition, now);
  return { ConditionExpression: text, ExpressionAttributeNames: names, ExpressionAttributeValues: values };
}

type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

function transactItem(
  write: CheckedWrite,
  tables: DynamoMetadataStoreOptions["tables"],
  now: number,
  replacesExpired: boolean,
): TransactItem {
  const TableName = tables[write.table];
  if (write.kind === "remove")
    return { Delete: { TableName, Key: { pk: write.key.pk, sk: write.key.sk }, ...deleteParts(write.condition, now) } };
  const record = write.checked!;
  return {
    Update: { TableName, Key: record.key, ...updateParts(record, replacesExpired ? "expired" : write.condition, now, randomUUID()) },
  };
}

const isFailedCondition = (error: unknown): boolean => (error as Error).name === "ConditionalCheckFailedException";

/** Places of the writes whose condition failed. Empty = the transaction met another one, or throttling. */
function failedConditions(error: unknown): number[] {
  const { name, CancellationReasons } = error as { name: string; CancellationReasons?: readonly { Code?: string }[] };
  if (name !== "TransactionCanceledException") throw error;
  const codes = (CancellationReasons ?? []).map(({ Code }) => Code ?? "None");
  const failed = codes.flatMap((code, i) => (code === "ConditionalCheckFailed" ? [i] : []));
  const passing = new Set(["None", "ConditionalCheckFailed", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]);
  if (failed.length === 0 && codes.some((code) => !passing.has(code))) throw error;
  return failed;
}
