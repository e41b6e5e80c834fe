/**
 * Named byte objects: matrices, predictions, reports, models, plots, and the YAML that users write.
 *
 * Artifacts are immutable and named by a digest (`matrices/<sha>/...`); pointers and configs are replaced under a
 * condition. Keys are `/`-separated segments of `[A-Za-z0-9._=-]`, no segment starting with a dot, at most 512
 * characters: an adapter refuses every other key with INVALID_PARAM before it touches storage.
 */
export interface ArtifactStore {
  /**
   * Writes the whole object or nothing; a reader never sees half of it.
   *
   * - `absent`: only when the key is free. If it is taken, `created` is false and nothing changes.
   * - `{ etag }`: only when the stored object still has this etag.
   * - `any`: always.
   *
   * The bytes are the caller's again afterwards.
   *
   * @throws CONFLICT when an etag condition does not hold
   * @throws STORE_UNAVAILABLE | STORE_READ_ONLY | STORE_FULL
   */
  put(key: string, bytes: Uint8Array, condition: PutCondition): Promise<{ readonly created: boolean; readonly etag: string }>;

  /**
   * The bytes are the caller's own.
   *
   * @param expectedSha256 - when given, the bytes are verified before they are returned
   * @throws ARTIFACT_NOT_FOUND when nothing has this key
   * @throws ARTIFACT_CORRUPT when the bytes do not hash to the expected digest
   */
  get(key: string, expectedSha256?: string): Promise<{ readonly bytes: Uint8Array; readonly etag: string }>;

  /** Size and etag, or undefined when nothing has this key. */
  head(key: string): Promise<{ readonly size: number; readonly etag: string } | undefined>;

  /** Keys below a prefix in byte order, at most `limit` (1-1000), continuing after `cursor`. */
  list(
    prefix: string,
    options?: { readonly limit?: number; readonly cursor?: string },
  ): Promise<{ readonly keys: readonly string[]; readonly nextCursor: string | null }>;

  /** Removes the object; removing what is not there succeeds. */
  remove(key: string): Promise<void>;

  /**
   * A URL by which whoever has it reads the object for a while, under a file name. The object need not be there. Absent where a
   * store has no address of its own.
   */
  readonly link?: (key: string, options: { readonly seconds: number; readonly fileName: string }) => Promise<string>;
}

export type PutCondition = "absent" | "any" | { readonly etag: string };

/** Whether a text may be a key. One rule for every adapter. */
export function isArtifactKey(key: string): boolean {
  return key.length > 0 && key.length <= 512 && key.split("/").every((segment) => /^[A-Za-z0-9_=-][A-Za-z0-9._=-]*$/.test(segment));
}
