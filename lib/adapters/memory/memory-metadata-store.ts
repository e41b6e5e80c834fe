import type { Clock } from "../../ports/clock.ts";
import type { MetadataStore, RecordKey, StoredRecord, Table, WriteCondition } from "../../ports/metadata-store.ts";
import { decodeCursor, encodeCursor, type Position } from "../record-cursor.ts";
import {
  type CheckedRecord,
  checkCondition,
  checkIncrement,
  checkKey,
  checkQuery,
  checkRecord,
  checkTable,
  checkWrites,
  conflict,
  counterValue,
  expirySecond,
  unmet,
} from "../record-limits.ts";
import { compareBytes, inRange, sortKeyRange } from "../record-order.ts";

interface Row {
  readonly record: CheckedRecord;
  readonly version: number;
}

/** Keeps records in this process, for tests and dry runs. Bodies are kept as text, so nobody shares an object. */
export function createMemoryMetadataStore({ clock }: { readonly clock: Clock }): MetadataStore {
  const tables = new Map<Table, Map<string, Map<string, Row>>>();

  const partition = (table: Table, pk: string): Map<string, Row> | undefined => tables.get(checkTable(table))?.get(pk);

  const live = (row: Row | undefined): Row | undefined => {
    const expiresAt = row?.record.expiresAt;
    return expiresAt !== undefined && expiresAt < expirySecond(clock.now()) ? undefined : row;
  };

  const find = (table: Table, { pk, sk }: RecordKey): Row | undefined => live(partition(table, pk)?.get(sk));

  const require = (table: Table, key: RecordKey, condition: WriteCondition): Row | undefined => {
    const row = find(table, key);
    const holds = condition === "any" || (condition === "absent" ? row === undefined : row?.version === condition);
    if (!holds) throw conflict(table, key, unmet(condition));
    return row;
  };

  const store = (table: Table, record: CheckedRecord): number => {
    const version = (find(table, record.key)?.version ?? 0) + 1;
    const partitions = tables.get(table) ?? new Map<string, Map<string, Row>>();
    tables.set(table, partitions);
    const rows = partitions.get(record.key.pk) ?? new Map<string, Row>();
    partitions.set(record.key.pk, rows);
    rows.set(record.key.sk, { record, version });
    return version;
  };

  const drop = (table: Table, { pk, sk }: RecordKey): void => {
    partition(table, pk)?.delete(sk);
  };

  return {
    async get(table, key) {
      checkTable(table);
      const row = find(table, checkKey(key));
      return row && readRow(row);
    },

    async put(table, draft, condition) {
      checkTable(table);
      checkCondition(condition);
      const record = checkRecord(draft);
      require(table, record.key, condition);
      return store(table, record);
    },

    async remove(table, key, condition) {
      checkTable(table);
      checkCondition(condition);
      require(table, checkKey(key), condition);
      drop(table, key);
    },

    async transact(writes) {
      const checked = checkWrites(writes);
      for (const write of checked) require(write.table, write.kind === "put" ? write.record : write.key, write.condition);
      for (const write of checked) {
        if (write.checked) store(write.table, write.checked);
        else if (write.kind === "remove") drop(write.table, write.key);
      }
    },

    async query(query) {
      checkQuery(query);
      const from = decodeCursor(query);
      const range = sortKeyRange(query);
      const sign = query.descending ? -1 : 1;
      const candidates = query.byIndex
        ? [...(tables.get(query.table)?.values() ?? [])]
            .flatMap((rows) => [...rows.values()])
            .filter((row) => row.record.index?.pk === query.pk)
        : [...(partition(query.table, query.pk)?.values() ?? [])];
      const wanted = candidates
        .filter((row) => live(row) && inRange((query.byIndex ? row.record.index! : row.record.key).sk, range))
        .map((row) => ({ row, at: { ...row.record.key, ...(query.byIndex ? { index: row.record.index! } : {}) } }))
        .filter(({ at }) => from === undefined || sign * comparePositions(at, from) > 0)
        .sort((a, b) => sign * comparePositions(a.at, b.at));
      const records = wanted.slice(0, query.limit).map(({ row }) => readRow(row));
      return { records, nextCursor: wanted.length > query.limit ? encodeCursor(query, records.at(-1)!) : null };
    },

    async increment(table, key, by, options = {}) {
      checkTable(table);
      checkIncrement(key, by, options.limit, options.expiresAt);
      const row = find(table, key);
      const stored = row && readRow(row);
      const before = stored ? counterValue(stored.body) : 0;
      if (before === undefined) throw conflict(table, key, "is not a counter");
      const value = before + by;
      if (value > (options.limit ?? Number.MAX_SAFE_INTEGER)) return undefined;
      const expiresAt = options.expiresAt ?? stored?.expiresAt;
      const index = stored?.index;
      store(
        table,
        checkRecord({ pk: key.pk, sk: key.sk, body: { value }, ...(index && { index }), ...(expiresAt !== undefined && { expiresAt }) }),
      );
      return value;
    },
  };
}

function readRow({ record: { key, text, index, expiresAt }, version }: Row): StoredRecord {
  const body = JSON.parse(text) as StoredRecord["body"];
  return { ...key, version, body, ...(index && { index: { ...index } }), ...(expiresAt !== undefined && { expiresAt }) };
}

/** Index key first (when the query goes by it), then the record's own key. */
function comparePositions(a: Position, b: Position): number {
  if (a.index && b.index) {
    const order = compareBytes(a.index.sk, b.index.sk) || compareBytes(a.pk, b.pk);
    if (order !== 0) return order;
  }
  return compareBytes(a.sk, b.sk);
}
