import { canonicalJson } from "../../core/canonical-json.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";

/** A holder that has not renewed its lease for so long is taken for dead. */
const LEASE_MS = 60_000;
const POLL_MS = 500;

/** Keeps two processes from downloading the same thing. It saves requests; that the cache is right does not depend on it. */
export interface DownloadLease {
  /**
   * Runs work while no other process does that holds the same lease. The work calls `renew` now and then.
   */
  hold<T>(key: string, work: (renew: () => Promise<void>) => Promise<T>): Promise<T>;
}

/**
 * A lease is an object that only one process can create. Who finds it taken waits until it is gone, or has not changed for
 * the length of a lease: its holder was killed, and it is taken over.
 *
 * @param holder - unlike that of any other process
 */
export function createDownloadLease(options: {
  readonly artifacts: ArtifactStore;
  readonly sleep: (ms: number) => Promise<void>;
  readonly holder: string;
}): DownloadLease {
  const { artifacts, sleep, holder } = options;
  let turns = 0;
  /** No two renewals have the same bytes, so every one changes the etag. */
  const claim = (): Uint8Array => new TextEncoder().encode(canonicalJson({ holder, turn: turns++ }));

  const acquire = async (key: string): Promise<string> => {
    let seen = "";
    for (let waited = 0; ; waited += POLL_MS) {
      const { created, etag } = await artifacts.put(key, claim(), "absent");
      if (created) return etag;
      if (etag !== seen) [seen, waited] = [etag, 0];
      if (waited >= LEASE_MS) {
        const taken = await replace(key, seen);
        if (taken !== undefined) return taken;
      }
      await sleep(POLL_MS);
    }
  };

  /** @returns the new etag, or undefined when the object has another one by now */
  const replace = async (key: string, etag: string): Promise<string | undefined> => {
    try {
      return (await artifacts.put(key, claim(), { etag })).etag;
    } catch (error) {
      if (error instanceof SigmaError && error.code === "CONFLICT") return undefined;
      throw error;
    }
  };

  return {
    async hold(key, work) {
      let etag: string | undefined = await acquire(key);
      try {
        return await work(async () => {
          if (etag !== undefined) etag = await replace(key, etag);
        });
      } finally {
        // A lease that was taken over is another's.
        if (etag !== undefined && (await artifacts.head(key))?.etag === etag) await artifacts.remove(key);
      }
    },
  };
}
