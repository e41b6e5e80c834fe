import { sha256 } from "../../core/digest.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import {
  artifactConflict,
  artifactNotFound,
  checkArtifactKey,
  checkListing,
  checkPutCondition,
  listCursor,
  verifiedDigest,
} from "../artifact-keys.ts";

/** Keeps artifacts in this process, for tests and dry runs. Bytes are copied in and out; the etag is their SHA-256. */
export function createMemoryArtifactStore(): ArtifactStore {
  const objects = new Map<string, { readonly bytes: Uint8Array; readonly etag: string }>();

  return {
    async put(key, bytes, condition) {
      checkArtifactKey(key);
      checkPutCondition(condition);
      const stored = objects.get(key);
      if (condition === "absent" && stored) return { created: false, etag: stored.etag };
      if (typeof condition === "object" && stored?.etag !== condition.etag) throw artifactConflict(key, condition.etag);
      const etag = sha256(bytes);
      objects.set(key, { bytes: Uint8Array.from(bytes), etag });
      return { created: true, etag };
    },

    async get(key, expectedSha256) {
      const stored = objects.get(checkArtifactKey(key));
      if (!stored) throw artifactNotFound(key);
      verifiedDigest(key, stored.bytes, expectedSha256);
      return { bytes: stored.bytes.slice(), etag: stored.etag };
    },

    async head(key) {
      const stored = objects.get(checkArtifactKey(key));
      return stored && { size: stored.bytes.byteLength, etag: stored.etag };
    },

    async list(prefix, options) {
      const { limit, after } = checkListing(prefix, options);
      const matching = [...objects.keys()].filter((key) => key.startsWith(prefix) && (after === undefined || key > after));
      // Keys are ASCII, where JavaScript's order is byte order.
      matching.sort((a, b) => (a < b ? -1 : 1));
      const keys = matching.slice(0, limit);
      return { keys, nextCursor: matching.length > limit ? listCursor(prefix, keys.at(-1)!) : null };
    },

    async remove(key) {
      objects.delete(checkArtifactKey(key));
    },
  };
}
