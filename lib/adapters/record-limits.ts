import { canonicalJson } from "../core/canonical-json.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import {
  type Query,
  type RecordDraft,
  type RecordKey,
  type StoredRecord,
  TABLES,
  type Table,
  type Write,
} from "../ports/metadata-store.ts";

/** What one record, one transaction and one page may hold. DynamoDB's limits, enforced by every adapter alike. */
export const RECORD_LIMITS = {
  pkBytes: 2048,
  skBytes: 1024,
  recordBytes: 400 * 1024,
  transactionBytes: 4 * 1024 * 1024,
  transactionWrites: 100,
  pageRecords: 1000,
  bodyDepth: 32,
} as const;

/** What the store adds to a record's own texts: attribute names, version, expiry, write mark. Rounded up. */
const OVERHEAD_BYTES = 128;

/** A draft that passed every check, with its body as canonical JSON: the form in which all adapters keep it. */
export interface CheckedRecord {
  readonly key: RecordKey;
  readonly text: string;
  readonly index: RecordKey | undefined;
  readonly expiresAt: number | undefined;
  readonly bytes: number;
}

/** @throws INVALID_PARAM when the table is none of the product's */
export function checkTable(table: Table): Table {
  if (TABLES.includes(table)) return table;
  throw invalid(`A table must be one of ${TABLES.join(", ")}; found "${table}".`);
}

/** @throws INVALID_PARAM when a part of the key is empty, too long or no valid Unicode */
export function checkKey(key: RecordKey, what = "key"): RecordKey {
  checkKeyPart(`${what}.pk`, key.pk, RECORD_LIMITS.pkBytes);
  checkKeyPart(`${what}.sk`, key.sk, RECORD_LIMITS.skBytes);
  return key;
}

/** @throws INVALID_PARAM naming the limit and what was found */
export function checkRecord(draft: RecordDraft): CheckedRecord {
  checkKey(draft);
  if (draft.index) checkKey(draft.index, "index");
  checkExpiresAt(draft.expiresAt);
  if (typeof draft.body !== "object" || draft.body === null || Array.isArray(draft.body))
    throw invalid(`The body of a record must be an object; found ${shown(draft.body)} in ${keyText(draft)}.`);
  checkJson(draft.body, "body", 0);
  const text = canonicalJson(draft.body);
  const index = draft.index ? { pk: draft.index.pk, sk: draft.index.sk } : undefined;
  const texts = [draft.pk, draft.sk, text, index?.pk ?? "", index?.sk ?? ""];
  const bytes = OVERHEAD_BYTES + texts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  if (bytes > RECORD_LIMITS.recordBytes)
    throw invalid(
      `A record may hold ${RECORD_LIMITS.recordBytes} bytes; ${keyText(draft)} needs "${bytes}". Keep large data as an artifact and store its key.`,
      { limitBytes: RECORD_LIMITS.recordBytes, actualBytes: bytes },
    );
  return { key: { pk: draft.pk, sk: draft.sk }, text, index, expiresAt: draft.expiresAt, bytes };
}

/** @throws INVALID_PARAM when a condition is neither a word of the port nor a version */
export function checkCondition(condition: unknown): void {
  if (condition === "absent" || condition === "any") return;
  if (typeof condition === "number" && Number.isSafeInteger(condition) && condition >= 1) return;
  throw invalid(`A write condition must be "absent", "any" or a version from 1; found ${shown(condition)}.`);
}

export type CheckedWrite = Write & { readonly checked: CheckedRecord | undefined };

/** @throws INVALID_PARAM when there are none or too many writes, two on one key, or too many bytes */
export function checkWrites(writes: readonly Write[]): readonly CheckedWrite[] {
  if (writes.length < 1 || writes.length > RECORD_LIMITS.transactionWrites)
    throw invalid(`A transaction must hold 1 to ${RECORD_LIMITS.transactionWrites} writes; found "${writes.length}".`);
  const seen = new Set<string>();
  let bytes = 0;
  const checked = writes.map((write): CheckedWrite => {
    checkTable(write.table);
    checkCondition(write.condition);
    const record = write.kind === "put" ? checkRecord(write.record) : undefined;
    const { pk, sk } = write.kind === "put" ? write.record : checkKey(write.key);
    const identity = JSON.stringify([write.table, pk, sk]);
    if (seen.has(identity)) throw invalid(`A transaction must write each key once; found ${keyText({ pk, sk })} twice.`);
    seen.add(identity);
    bytes += record?.bytes ?? 0;
    return { ...write, checked: record };
  });
  if (bytes > RECORD_LIMITS.transactionBytes)
    throw invalid(`A transaction may hold ${RECORD_LIMITS.transactionBytes} bytes; found "${bytes}". Split it.`);
  return checked;
}

/** @throws INVALID_PARAM when the partition, a bound or the limit is out of range */
export function checkQuery(query: Query): Query {
  checkTable(query.table);
  checkKeyPart("query.pk", query.pk, RECORD_LIMITS.pkBytes);
  for (const part of ["prefix", "after", "before"] as const) {
    const bound = query[part];
    if (bound !== undefined && bound !== "") checkKeyPart(`query.${part}`, bound, RECORD_LIMITS.skBytes);
  }
  if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > RECORD_LIMITS.pageRecords)
    throw invalid(`The limit of a query must be 1 to ${RECORD_LIMITS.pageRecords}; found ${shown(query.limit)}.`);
  return query;
}

/** @throws INVALID_PARAM when the step, the limit or the expiry is no safe integer */
export function checkIncrement(key: RecordKey, by: number, limit: number | undefined, expiresAt: number | undefined): void {
  checkKey(key);
  if (!Number.isSafeInteger(by)) throw invalid(`A counter moves by a whole number; found ${shown(by)}.`);
  if (limit !== undefined && !Number.isSafeInteger(limit))
    throw invalid(`A counter's limit must be a whole number; found ${shown(limit)}.`);
  checkExpiresAt(expiresAt);
}

/**
 * The value of a counter record, or undefined when the body is not exactly `{ value: <whole number> }`.
 * Only such bodies can be incremented, in every adapter.
 */
export function counterValue(body: StoredRecord["body"]): number | undefined {
  const value = body["value"];
  return Object.keys(body).length === 1 && typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;
}

/** The second from which on a record with an earlier `expiresAt` is gone. */
export const expirySecond = (nowMs: number): number => Math.ceil(nowMs / 1000);

/** A failed condition, told alike by every adapter. */
export function conflict(table: Table, key: RecordKey, found: string): SigmaError {
  return new SigmaError("CONFLICT", `The record ${keyText(key)} of "${table}" ${found}. Read it again and decide anew.`, {
    table,
    pk: key.pk,
    sk: key.sk,
  });
}

/** What a condition wanted, in words, for `conflict`. */
export function unmet(condition: "absent" | "any" | number): string {
  if (condition === "absent") return "exists already, but was to be new";
  return condition === "any" ? "could not be written" : `is no longer at version "${condition}"`;
}

/** A key as messages show it, cut to a readable length. */
export function keyText({ pk, sk }: RecordKey): string {
  return `"${cut(pk)}" / "${cut(sk)}"`;
}

function checkKeyPart(name: string, text: unknown, limitBytes: number): void {
  if (typeof text !== "string" || text.length === 0)
    throw invalid(`${name} must be a text of 1 to ${limitBytes} bytes; found ${shown(text)}.`);
  if (!text.isWellFormed()) throw invalid(`${name} must be valid Unicode; "${cut(text)}" holds half a surrogate pair.`);
  const bytes = Buffer.byteLength(text);
  if (bytes > limitBytes)
    throw invalid(`${name} may hold ${limitBytes} bytes; "${cut(text)}" has "${bytes}".`, { limitBytes, actualBytes: bytes });
}

function checkExpiresAt(expiresAt: number | undefined): void {
  if (expiresAt === undefined || (Number.isSafeInteger(expiresAt) && expiresAt > 0)) return;
  throw invalid(`expiresAt must be whole UTC seconds; found ${shown(expiresAt)}.`);
}

function checkJson(value: unknown, path: string, depth: number): void {
  if (value === null || typeof value === "string" || typeof value === "boolean") return;
  if (typeof value === "number") {
    if (Number.isFinite(value)) return;
    throw invalid(`${path} must be a finite number; found "${value}". Store null for an unknown number.`);
  }
  if (depth >= RECORD_LIMITS.bodyDepth) throw invalid(`A body may nest ${RECORD_LIMITS.bodyDepth} levels; ${path} goes deeper.`);
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) checkJson(value[i], `${path}[${i}]`, depth + 1);
    return;
  }
  if (typeof value === "object") {
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null)
      throw invalid(`${path} must be plain JSON; found an object of "${prototype.constructor?.name}".`);
    for (const [name, item] of Object.entries(value)) {
      if (name === "") throw invalid(`${path} has an empty property name.`);
      if (item !== undefined) checkJson(item, `${path}.${cut(name)}`, depth + 1);
    }
    return;
  }
  throw invalid(`${path} must be JSON; found "${typeof value}".`);
}

function invalid(message: string, facts: Readonly<Record<string, number>> = {}): SigmaError {
  return new SigmaError("INVALID_PARAM", message, facts);
}

const cut = (text: string): string => (text.length <= 80 ? text : `${text.slice(0, 80)}...`);
const shown = (value: unknown): string =>
  `"${cut(typeof value === "object" && value !== null ? (Array.isArray(value) ? "array" : "object") : String(value))}"`;
