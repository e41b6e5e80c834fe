import type { Json } from "../core/canonical-json.ts";

/** Separate tables because their lifetimes differ: run state stays, signals and idempotency keys expire. */
export const TABLES = ["state", "signals", "idempotency"] as const;
export type Table = (typeof TABLES)[number];

/** Partition and sort key, each 1 to 1,024 (pk: 2,048) UTF-8 bytes. Sort keys order by bytes. */
export interface RecordKey {
  readonly pk: string;
  readonly sk: string;
}

/**
 * One record. `body` is plain JSON (no NaN, no undefined inside arrays), the whole at most 400 KB.
 * `version` starts at 1 and grows by one with each write; the store sets it.
 */
export interface StoredRecord extends RecordKey {
  readonly version: number;
  readonly body: { readonly [key: string]: Json | undefined };
  /** Keys of the sparse secondary index `by_index`; absent = the record is not in it. */
  readonly index?: RecordKey;
  /** UTC seconds after which reads no longer show the record. */
  readonly expiresAt?: number;
}

export type RecordDraft = Omit<StoredRecord, "version">;

/** `absent`: nothing live has the key. A number: the stored version equals it. `any`: always. */
export type WriteCondition = "absent" | "any" | number;

export type Write =
  | { readonly kind: "put"; readonly table: Table; readonly record: RecordDraft; readonly condition: WriteCondition }
  | { readonly kind: "remove"; readonly table: Table; readonly key: RecordKey; readonly condition: WriteCondition };

export interface Query {
  readonly table: Table;
  readonly pk: string;
  /** Query the secondary index instead of the primary key (eventually consistent in the cloud). */
  readonly byIndex?: boolean;
  /** Sort keys that start with this text. */
  readonly prefix?: string;
  /** Sort keys strictly after / before this one (in key order, whatever the direction). */
  readonly after?: string;
  readonly before?: string;
  readonly descending?: boolean;
  /** 1 to 1,000. */
  readonly limit: number;
  /** Opaque; from an earlier page of the same query. */
  readonly cursor?: string;
}

export interface Page {
  readonly records: readonly StoredRecord[];
  readonly nextCursor: string | null;
}

/**
 * Run state and everything that is looked up by key. The promises are DynamoDB's, and every adapter enforces its
 * limits, so that what works here works there: no scans, conditional writes, at most 100 writes in one transaction.
 */
export interface MetadataStore {
  /** The live record (strongly consistent), or undefined. */
  get(table: Table, key: RecordKey): Promise<StoredRecord | undefined>;

  /**
   * @returns the new version
   * @throws CONFLICT when the condition does not hold
   * @throws INVALID_PARAM when a limit is exceeded
   */
  put(table: Table, record: RecordDraft, condition: WriteCondition): Promise<number>;

  /** @throws CONFLICT when the condition does not hold */
  remove(table: Table, key: RecordKey, condition: WriteCondition): Promise<void>;

  /** All or nothing, 1 to 100 writes on distinct keys. @throws CONFLICT when any condition does not hold */
  transact(writes: readonly Write[]): Promise<void>;

  query(query: Query): Promise<Page>;

  /**
   * Adds to a counter record (created at 0) unless the result would exceed the limit. Atomic under concurrency.
   *
   * @returns the new value, or undefined when the limit stands in the way
   */
  increment(
    table: Table,
    key: RecordKey,
    by: number,
    options?: { readonly limit?: number; readonly expiresAt?: number },
  ): Promise<number | undefined>;
}
