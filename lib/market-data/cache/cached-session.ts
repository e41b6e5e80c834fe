import type { Json } from "../../core/canonical-json.ts";
import { type DateNumber, sessionDateOf } from "../../core/time.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import type { Supplied } from "../history-source.ts";
import type { CacheDeps } from "./cache-deps.ts";
import { isComplete, isSettled } from "./completeness.ts";
import type { SessionCodec } from "./option-codecs.ts";
import { type Damaged, type Found, readVault, writeVault } from "./vault.ts";

/** What stands at the key of one session. */
export interface StoredSession<T> {
  /** Undefined when there is nothing, or nothing that can be trusted. */
  readonly data: T | undefined;
  readonly found: Found<unknown> | Damaged | undefined;
}

export async function readSession<T>(artifacts: ArtifactStore, key: string, codec: SessionCodec<T>): Promise<StoredSession<T>> {
  const found = await readVault(artifacts, key, codec.header);
  if (found === undefined || "damaged" in found) return { data: undefined, found };
  try {
    return { data: await codec.decode(found.header as Json, found.files), found };
  } catch (error) {
    if (error instanceof SigmaError && error.code === "ARTIFACT_CORRUPT") return { data: undefined, found };
    throw error;
  }
}

export async function storeSession<T>(
  artifacts: ArtifactStore,
  key: string,
  codec: SessionCodec<T>,
  data: T,
  before: StoredSession<T>["found"],
): Promise<void> {
  try {
    await writeVault(artifacts, key, codec.encode(data), before);
  } catch (error) {
    // Another process was first with the same session.
    if (!(error instanceof SigmaError) || error.code !== "CONFLICT") throw error;
  }
}

/**
 * The data of one session: from the cache when it has them, else from the vendor, and into the cache when the session is
 * complete. What is empty is kept only when it is settled, because it may be a gap of the vendor.
 *
 * @returns undefined for a session that has not begun, and for what the vendor does not have
 * @throws INVALID_PARAM when the date is not a session
 */
export async function cachedSession<T>(
  deps: CacheDeps,
  what: {
    readonly session: DateNumber;
    readonly key: string;
    readonly leaseKey: string;
    readonly codec: SessionCodec<T>;
    readonly isEmpty: (data: T) => boolean;
    readonly ask: () => Promise<Supplied<T> | undefined>;
  },
): Promise<T | undefined> {
  const { artifacts, calendar, clock, lease } = deps;
  const { session, key, codec } = what;
  const now = clock.now();
  if (session > sessionDateOf(now) || now < calendar.openOf(session)) return undefined;
  const stored = await readSession(artifacts, key, codec);
  if (stored.data !== undefined) return stored.data;
  if (!isComplete(session, { now, knownTo: now, publishedAfterMs: 0, calendar })) return (await what.ask())?.data;
  return await lease.hold(what.leaseKey, async () => {
    // Another process may have fetched it while this one waited.
    const again = await readSession(artifacts, key, codec);
    if (again.data !== undefined) return again.data;
    const supplied = await what.ask();
    if (supplied === undefined) return undefined;
    const isHistory = isComplete(session, { now, knownTo: supplied.knownTo, publishedAfterMs: 0, calendar });
    if (isHistory && (!what.isEmpty(supplied.data) || isSettled(session, now))) {
      await storeSession(artifacts, key, codec, supplied.data, again.found);
    }
    return supplied.data;
  });
}
