import { canonicalJson } from "../core/canonical-json.ts";
import { sha256 } from "../core/digest.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { Query, RecordKey, StoredRecord } from "../ports/metadata-store.ts";

/** Where a page ended: the record's own key and, for an index query, its index key. */
export interface Position extends RecordKey {
  readonly index?: RecordKey;
}

/**
 * A cursor names the last record of a page, so it stays right when records come and go before it. It carries a
 * digest over the query and the position: it fits no other query, and a changed one is refused. It is no secret and
 * no permission: the partition always comes from the query.
 */
export function encodeCursor(query: Query, last: StoredRecord): string {
  const position = query.byIndex ? [last.pk, last.sk, last.index!.sk] : [last.sk];
  return Buffer.from(JSON.stringify([digestOf(query, position), ...position])).toString("base64url");
}

/** @throws INVALID_PARAM when the cursor is damaged or belongs to another query */
export function decodeCursor(query: Query): Position | undefined {
  if (query.cursor === undefined) return undefined;
  const parts = readParts(query.cursor);
  const [digest, ...position] = parts ?? [];
  if (parts === undefined || parts.length !== (query.byIndex ? 4 : 2) || digest !== digestOf(query, position)) {
    throw new SigmaError("INVALID_PARAM", "The cursor is not one of this query. Start again without a cursor.", { field: "cursor" });
  }
  return query.byIndex
    ? { pk: position[0]!, sk: position[1]!, index: { pk: query.pk, sk: position[2]! } }
    : { pk: query.pk, sk: position[0]! };
}

function digestOf(query: Query, position: readonly string[]): string {
  const { table, pk, byIndex = false, prefix = "", after = "", before = null, descending = false } = query;
  return sha256(canonicalJson([table, pk, byIndex, prefix, after, before, descending, ...position])).slice(0, 16);
}

function readParts(cursor: string): string[] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    const texts = Array.isArray(parts) && parts.every((part) => typeof part === "string");
    return texts && Buffer.from(JSON.stringify(parts)).toString("base64url") === cursor ? parts : undefined;
  } catch {
    return undefined;
  }
}
