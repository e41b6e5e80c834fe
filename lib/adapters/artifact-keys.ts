import { isSha256, type Sha256, sha256 } from "../core/digest.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { isArtifactKey, type PutCondition } from "../ports/artifact-store.ts";

/** The most keys that one page of a listing holds. */
const LIST_LIMIT = 1000;

/** @throws INVALID_PARAM before storage is touched, when the text may not be a key */
export function checkArtifactKey(key: string): string {
  if (typeof key === "string" && isArtifactKey(key)) return key;
  throw new SigmaError(
    "INVALID_PARAM",
    `An artifact key must be 1 to 512 characters of "/"-separated segments of [A-Za-z0-9._=-], none starting with a dot; found ${JSON.stringify(String(key).slice(0, 80))}.`,
    { field: "key" },
  );
}

/** @throws INVALID_PARAM when a condition is none of the port's */
export function checkPutCondition(condition: PutCondition): PutCondition {
  if (condition === "absent" || condition === "any") return condition;
  if (typeof condition === "object" && condition !== null && typeof condition.etag === "string" && condition.etag !== "") return condition;
  throw new SigmaError("INVALID_PARAM", 'A put condition must be "absent", "any" or { etag }.', { field: "condition" });
}

/** What a listing asks for, checked: the prefix, the page size and the key after which it goes on. */
export interface CheckedListing {
  readonly prefix: string;
  readonly limit: number;
  readonly after: string | undefined;
}

/**
 * A prefix is any text that a key can start with, so `a/b`, `a/` and the empty text are prefixes.
 *
 * @throws INVALID_PARAM
 */
export function checkListing(prefix: string, options: { readonly limit?: number; readonly cursor?: string } = {}): CheckedListing {
  if (prefix !== "" && !isArtifactKey(`${prefix}x`))
    throw new SigmaError("INVALID_PARAM", `A prefix must be the start of an artifact key; found ${JSON.stringify(prefix.slice(0, 80))}.`, {
      field: "prefix",
    });
  const limit = options.limit ?? LIST_LIMIT;
  if (!Number.isInteger(limit) || limit < 1 || limit > LIST_LIMIT)
    throw new SigmaError("INVALID_PARAM", `The limit of a listing must be 1 to ${LIST_LIMIT}; found "${limit}".`, { field: "limit" });
  return { prefix, limit, after: options.cursor === undefined ? undefined : readListCursor(prefix, options.cursor) };
}

/** The cursor of a page that ended with this key. */
export function listCursor(prefix: string, lastKey: string): string {
  return Buffer.from(`${markOf(prefix, lastKey)}:${lastKey}`).toString("base64url");
}

function readListCursor(prefix: string, cursor: string): string {
  const text = Buffer.from(cursor, "base64url").toString();
  const key = text.slice(9);
  if (isArtifactKey(key) && text === `${markOf(prefix, key)}:${key}` && listCursor(prefix, key) === cursor) return key;
  throw new SigmaError("INVALID_PARAM", "The cursor is not one of this listing. Start again without a cursor.", { field: "cursor" });
}

const markOf = (prefix: string, key: string): string => sha256(`${prefix}\n${key}`).slice(0, 8);

/**
 * Hashes bytes and compares with what the caller expects.
 *
 * @throws ARTIFACT_CORRUPT when they differ
 * @throws INVALID_PARAM when the expectation is no digest
 */
export function verifiedDigest(key: string, bytes: Uint8Array, expected: string | undefined): Sha256 {
  if (expected !== undefined && !isSha256(expected))
    throw new SigmaError("INVALID_PARAM", `The expected digest of "${key}" must be 64 lower-case hex digits.`, { field: "expectedSha256" });
  const found = sha256(bytes);
  if (expected !== undefined && expected !== found)
    throw new SigmaError(
      "ARTIFACT_CORRUPT",
      `The artifact "${key}" was to have the SHA-256 "${expected}", its bytes have "${found}". It was changed after it was written: remove it and build it again.`,
      { key, expected, found },
    );
  return found;
}

/** Nothing has this key. */
export function artifactNotFound(key: string): SigmaError {
  return new SigmaError("ARTIFACT_NOT_FOUND", `There is no artifact "${key}".`, { key });
}

/** An etag condition that does not hold, told alike by every adapter. */
export function artifactConflict(key: string, wanted: string): SigmaError {
  return new SigmaError(
    "CONFLICT",
    `The artifact "${key}" no longer has the etag ${JSON.stringify(wanted)}. Read it again and decide anew.`,
    {
      key,
    },
  );
}
