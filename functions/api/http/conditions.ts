import { SigmaError } from "#lib/errors/sigma-error.ts";

/** A record's version, or the digest of what is shown, as an entity tag (RFC 9110, section 8.8.3). */
export const etagOf = (state: number | string): string => `"${String(state).replaceAll('"', "")}"`;

/** One strong tag: printable ASCII between quotes. */
const TAG = /^"[\x21\x23-\x7e]{0,128}"$/;

/**
 * Refuses a write whose `If-Match` names another state than the stored one, so that nobody overwrites what he has not seen.
 *
 * @param ifMatch - the header; absent or `*` = whatever is stored
 * @param etag - of what is stored now
 * @param what - names the record in the message, such as `model "spy_eq"`
 * @throws CONFLICT when the tags differ; INVALID_PARAM when the header is no list of tags
 */
export function requireMatch(ifMatch: string | undefined, etag: string, what: string): void {
  const tags = tagsIn("if-match", ifMatch);
  if (tags === undefined || tags === "*" || tags.includes(etag)) return;
  throw new SigmaError(
    "CONFLICT",
    `The ${what} has changed: If-Match names ${tags.join(", ")}, and it is ${etag} now. Read it again, and write with its new ETag.`,
    { etag },
  );
}

/** Whether the caller's copy is the current one, so that 304 without a body will do. A malformed header is as good as none. */
export function isUnchanged(ifNoneMatch: string | undefined, etag: string | undefined): boolean {
  if (ifNoneMatch === undefined || etag === undefined) return false;
  // Weak comparison: a cache on the way may have weakened the tag.
  const tags = ifNoneMatch.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(etag.replace(/^W\//, ""));
}

function tagsIn(name: string, header: string | undefined): readonly string[] | "*" | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === "*") return "*";
  const tags = header.split(",").map((tag) => tag.trim());
  if (header.length <= 1024 && tags.every((tag) => TAG.test(tag))) return tags;
  throw new SigmaError(
    "INVALID_PARAM",
    `${name} is an ETag as an answer carried it, in its quotes, or *; found ${JSON.stringify(header.slice(0, 80))}.`,
    { field: name },
    { fieldErrors: [{ path: name, issue: "must be an ETag in quotes, or *" }] },
  );
}
