import { createHash } from "node:crypto";
import { canonicalJson } from "../../core/canonical-json.ts";
import { canonicalBytes } from "../../core/canonical-nan.ts";
import type { Sha256 } from "../../core/digest.ts";
import type { IvHistory } from "../../core/option-data.ts";
import type { IvEntry } from "./iv-entry.schema.ts";

/** The known volatilities among entries, ascending by the moment they were known. */
export function ivHistoryOf(entries: readonly IvEntry[]): IvHistory {
  const known = entries
    .filter((entry): entry is IvEntry & { value: number; known_at: number } => entry.value !== null && entry.known_at !== null)
    .sort((a, b) => a.known_at - b.known_at || a.session - b.session);
  const column = (of: (entry: (typeof known)[number]) => number): Float64Array => Float64Array.from(known, of);
  return {
    length: known.length,
    session: column(({ session }) => session),
    knownAt: column(({ known_at }) => known_at),
    value: column(({ value }) => value),
  };
}

/**
 * The identity of histories: SHA-256 over each one's tenor and its columns as little-endian float64. Whether a number came from the
 * store or from a chain does not matter to it.
 */
export function fingerprintOfIvHistories(byTenor: ReadonlyMap<string, IvHistory>): Sha256 {
  const hash = createHash("sha256");
  for (const [tenor, { length, session, knownAt, value }] of byTenor) {
    hash.update(`sigma-iv-history:${canonicalJson({ version: 1, tenor, length })}\n`);
    for (const column of [session, knownAt, value]) hash.update(canonicalBytes(column));
  }
  return hash.digest("hex") as Sha256;
}
