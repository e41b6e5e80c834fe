import { canonicalJson } from "../core/canonical-json.ts";
import { readId } from "../core/ids.ts";
import { parseOr } from "../errors/parse.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { ImportOutcome } from "./import-series.ts";
import { readJsonArtifact } from "./imported-series.ts";
import { dataPrefix } from "./series-keys.ts";
import { type Universe, UniverseSchema } from "./universe.schema.ts";

const keyOf = (owner: string, name: string): string => `${dataPrefix(owner, "universes")}${readId("universe", name)}.json`;

/**
 * Stores a universe under its owner. The same members again change nothing.
 *
 * @throws CONFLICT when another import of it finished in the meantime
 * @throws INVALID_PARAM when owner or name cannot be part of a key
 */
export async function importUniverse(store: ArtifactStore, owner: string, universe: Universe): Promise<ImportOutcome> {
  const key = keyOf(owner, universe.name);
  const bytes = new TextEncoder().encode(canonicalJson(universe));
  const present = await store.head(key);
  if (present === undefined) {
    const { created } = await store.put(key, bytes, "absent");
    return created ? "created" : importUniverse(store, owner, universe);
  }
  const before = await readStored(store, owner, universe.name);
  if (before !== undefined && canonicalJson(before) === canonicalJson({ ...universe, source: before.source })) return "unchanged";
  await store.put(key, bytes, { etag: present.etag });
  return "replaced";
}

/**
 * A universe that its owner brought.
 *
 * @returns undefined when the owner has none of this name
 * @throws INVALID_PARAM when owner or name cannot be part of a key
 * @throws ARTIFACT_CORRUPT when what is stored is no universe of this version and name
 */
export async function readUniverse(store: ArtifactStore, owner: string, name: string): Promise<Universe | undefined> {
  const key = keyOf(owner, name);
  const found = await readJsonArtifact(store, key);
  if (found === undefined) return undefined;
  const universe = parseOr("ARTIFACT_CORRUPT", UniverseSchema, found.document, `The universe "${name}"`);
  if (universe.name === name) return universe;
  throw new SigmaError("ARTIFACT_CORRUPT", `The stored universe "${name}" calls itself "${universe.name}". Import it again.`, { name });
}

/** All universes of an owner, by name. */
export async function listUniverses(store: ArtifactStore, owner: string): Promise<Universe[]> {
  const prefix = dataPrefix(owner, "universes");
  const universes: Universe[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<ArtifactStore["list"]>> = await store.list(prefix, {
      limit: 1000,
      ...(cursor === null ? {} : { cursor }),
    });
    for (const key of page.keys) {
      const universe = await readUniverse(store, owner, key.slice(prefix.length, -".json".length));
      if (universe) universes.push(universe);
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return universes;
}

/** As readUniverse, but a damaged one counts as another: importing again is how a user repairs it. */
async function readStored(store: ArtifactStore, owner: string, name: string): Promise<Universe | undefined> {
  try {
    return await readUniverse(store, owner, name);
  } catch (error) {
    if (error instanceof SigmaError && error.code === "ARTIFACT_CORRUPT") return undefined;
    throw error;
  }
}
