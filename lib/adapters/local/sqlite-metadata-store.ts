import type { SQLInputValue, StatementSync } from "node:sqlite";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { MetadataStore, Query, RecordKey, StoredRecord, Table, WriteCondition } from "../../ports/metadata-store.ts";
import { decodeCursor, encodeCursor } from "../record-cursor.ts";
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
import { sortKeyRange } from "../record-order.ts";
import { openDatabase, type SqliteDatabaseOptions } from "./sqlite-database.ts";
import { sqliteError } from "./sqlite-error.ts";

export interface SqliteMetadataStore extends MetadataStore {
  /** Ends the use of the file. Every later call fails. */
  close(): void;
}

type Row = { pk: string; sk: string; version: number; body: string; ipk: string | null; isk: string | null; expires_at: number | null };

/**
 * Keeps records in one SQLite file, shared by the processes of one machine. Keys are compared by SQLite's BINARY
 * collation, which is the byte order of UTF-8. Each write is one statement or one BEGIN IMMEDIATE transaction, so no
 * reader's lock is ever upgraded. Calls are synchronous inside: only the main thread should open the store.
 *
 * @throws STORE_READ_ONLY | STORE_FULL | STORE_UNAVAILABLE when the file cannot be opened
 */
export function createSqliteMetadataStore(options: SqliteDatabaseOptions): SqliteMetadataStore {
  const { clock } = options;
  const db = openDatabase(options);
  const statements = new Map<string, StatementSync>();
  let open = true;

  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };

  const now = (): number => expirySecond(clock.now());

  const find = (table: Table, { pk, sk }: RecordKey): Row | undefined =>
    prepared(`SELECT * FROM "${table}" WHERE pk = ? AND sk = ? AND (expires_at IS NULL OR expires_at >= ?)`).get(pk, sk, now()) as
      | Row
      | undefined;

  const write = (table: Table, record: CheckedRecord, condition: WriteCondition): number => {
    const { key, text, index, expiresAt } = record;
    const values = [text, index?.pk ?? null, index?.sk ?? null, expiresAt ?? null];
    // `all` steps to the end, where SQLite commits; `get` stops at the returned row and would hide a failed commit.
    const [row] =
      typeof condition === "number"
        ? prepared(
            `UPDATE "${table}" SET version = version + 1, body = ?, ipk = ?, isk = ?, expires_at = ?
             WHERE pk = ? AND sk = ? AND version = ? AND (expires_at IS NULL OR expires_at >= ?) RETURNING version`,
          ).all(...values, key.pk, key.sk, condition, now())
        : prepared(upsert(table, condition)).all(key.pk, key.sk, ...values, now());
    if (!row) throw conflict(table, key, unmet(condition));
    return row["version"] as number;
  };

  const erase = (table: Table, key: RecordKey, condition: WriteCondition): void => {
    if (condition !== "any") {
      const row = find(table, key);
      if (condition === "absent" ? row !== undefined : row?.version !== condition) throw conflict(table, key, unmet(condition));
    }
    prepared(`DELETE FROM "${table}" WHERE pk = ? AND sk = ?`).run(key.pk, key.sk);
  };

  const transaction = <T>(work: () => T): T => {
    db.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      db.exec("COMMIT");
      return result;
    } catch (error) {
      if (db.isTransaction) db.exec("ROLLBACK");
      throw error;
    }
  };

  /** Runs a call of the port: refuses it after `close` and names what SQLite reports. */
  const guarded = <T>(work: () => T): T => {
    if (!open) throw new SigmaError("STORE_UNAVAILABLE", "The metadata store is closed. Open it again before using it.");
    try {
      return work();
    } catch (error) {
      throw sqliteError(error);
    }
  };

  return {
    get: async (table, key) =>
      guarded(() => {
        checkTable(table);
        const row = find(table, checkKey(key));
        return row && readRow(row);
      }),

    put: async (table, draft, condition) =>
      guarded(() => {
        checkTable(table);
        checkCondition(condition);
        return write(table, checkRecord(draft), condition);
      }),

    remove: async (table, key, condition) =>
      guarded(() => {
        checkTable(table);
        checkCondition(condition);
        checkKey(key);
        transaction(() => erase(table, key, condition));
      }),

    transact: async (writes) =>
      guarded(() => {
        const checked = checkWrites(writes);
        transaction(() => {
          for (const each of checked) {
            if (each.checked) write(each.table, each.checked, each.condition);
            else if (each.kind === "remove") erase(each.table, each.key, each.condition);
          }
        });
      }),

    query: async (query) =>
      guarded(() => {
        checkQuery(query);
        const from = decodeCursor(query);
        if (sortKeyRange(query).empty) return { records: [], nextCursor: null };
        const { sql, values } = selection(query, from, now());
        const rows = prepared(sql).all(...values) as Row[];
        const records = rows.slice(0, query.limit).map(readRow);
        return { records, nextCursor: rows.length > query.limit ? encodeCursor(query, records.at(-1)!) : null };
      }),

    increment: async (table, key, by, { limit = Number.MAX_SAFE_INTEGER, expiresAt } = {}) =>
      guarded(() => {
        checkTable(table);
        checkIncrement(key, by, limit, expiresAt);
        return transaction(() => {
          const row = find(table, key);
          const stored = row && readRow(row);
          const before = stored ? counterValue(stored.body) : 0;
          if (before === undefined) throw conflict(table, key, "is not a counter");
          const value = before + by;
          if (value > limit) return undefined;
          const expiry = expiresAt ?? stored?.expiresAt;
          const { pk, sk } = key;
          const draft = {
            pk,
            sk,
            body: { value },
            ...(stored?.index && { index: stored.index }),
            ...(expiry !== undefined && { expiresAt: expiry }),
          };
          write(table, checkRecord(draft), "any");
          return value;
        });
      }),

    close() {
      if (!open) return;
      open = false;
      statements.clear();
      db.close();
    },
  };
}

/** An expired record is as good as none: `absent` may replace it, and its version starts again at 1. */
function upsert(table: Table, condition: "absent" | "any"): string {
  const expired = `"${table}".expires_at IS NOT NULL AND "${table}".expires_at < ?7`;
  return `INSERT INTO "${table}" (pk, sk, version, body, ipk, isk, expires_at) VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6)
    ON CONFLICT (pk, sk) DO UPDATE SET version = CASE WHEN ${expired} THEN 1 ELSE version + 1 END,
      body = excluded.body, ipk = excluded.ipk, isk = excluded.isk, expires_at = excluded.expires_at
    ${condition === "absent" ? `WHERE ${expired}` : ""} RETURNING version`;
}

function selection(query: Query, from: ReturnType<typeof decodeCursor>, now: number): { sql: string; values: SQLInputValue[] } {
  const { low, high } = sortKeyRange(query);
  const [partition, sort] = query.byIndex ? ["ipk", "isk"] : ["pk", "sk"];
  const direction = query.descending ? "DESC" : "ASC";
  const beyond = query.descending ? "<" : ">";
  const where = [`${partition} = ?`];
  const values: SQLInputValue[] = [query.pk];
  const add = (condition: string, ...bound: SQLInputValue[]): void => {
    where.push(condition);
    values.push(...bound);
  };
  if (low) add(`${sort} ${low.inclusive ? ">=" : ">"} ?`, low.sk);
  if (high !== undefined) add(`${sort} < ?`, high);
  if (from?.index) add(`(isk, pk, sk) ${beyond} (?, ?, ?)`, from.index.sk, from.pk, from.sk);
  else if (from) add(`sk ${beyond} ?`, from.sk);
  add("(expires_at IS NULL OR expires_at >= ?)", now);
  const order = query.byIndex ? `isk ${direction}, pk ${direction}, sk ${direction}` : `sk ${direction}`;
  return {
    sql: `SELECT * FROM "${query.table}" WHERE ${where.join(" AND ")} ORDER BY ${order} LIMIT ?`,
    values: [...values, query.limit + 1],
  };
}

function readRow(row: Row): StoredRecord {
  const { pk, sk, version, body, ipk, isk, expires_at } = row;
  return {
    pk,
    sk,
    version,
    body: JSON.parse(body) as StoredRecord["body"],
    ...(ipk !== null && isk !== null && { index: { pk: ipk, sk: isk } }),
    ...(expires_at !== null && { expiresAt: expires_at }),
  };
}
