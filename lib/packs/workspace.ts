import { SigmaError } from "../errors/sigma-error.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import { documentsOf, type PackDocuments } from "./pack-source.ts";

const OWNER = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** Most keys that are listed for one owner; who has more has lost count. */
const MAX_KEYS = 20_000;

/**
 * Key prefix of what one owner created. Nothing outside it is ever read or written for that owner.
 *
 * @throws INVALID_PARAM when the owner's id could not safely become a key
 */
export function workspacePrefix(owner: string): string {
  if (!OWNER.test(owner))
    throw new SigmaError("INVALID_PARAM", `An owner's id must match ${OWNER.source}; found ${JSON.stringify(owner.slice(0, 80))}.`, {
      field: "owner",
    });
  return `owners/${owner}/packs`;
}

/**
 * Reads the documents of one of the owner's own packs into memory. What belongs to a single model (its configuration,
 * and a policy or indicator set of its name) is no part of the pack and is left out.
 *
 * @param packId - a checked id
 */
export async function readWorkspacePack(artifacts: ArtifactStore, owner: string, packId: string): Promise<PackDocuments> {
  const prefix = `${workspacePrefix(owner)}/`;
  const texts: Record<string, string> = {};
  const keys = (await keysBelow(artifacts, `${prefix}${packId}/`)).filter((key) => key.endsWith(".yaml"));
  const models = new Set(keys.filter((key) => key.includes("/model_configs/")).map(fileName));
  for (const key of keys) {
    const mayBelongToModel = key.includes("/indicator_sets/") || key.includes("/policy_templates/");
    if (key.includes("/model_configs/") || (mayBelongToModel && models.has(fileName(key)))) continue;
    texts[key.slice(prefix.length)] = new TextDecoder().decode((await artifacts.get(key)).bytes);
  }
  return documentsOf(texts);
}

/** Ids of the packs that the owner made (not those in which the owner merely has models). */
export async function workspacePackIds(artifacts: ArtifactStore, owner: string): Promise<string[]> {
  const prefix = `${workspacePrefix(owner)}/`;
  const keys = await keysBelow(artifacts, prefix);
  return keys
    .map((key) => /^([a-z0-9][a-z0-9_]{0,63})\/pack\.yaml$/.exec(key.slice(prefix.length))?.[1])
    .filter((id): id is string => id !== undefined);
}

const fileName = (key: string): string => key.slice(key.lastIndexOf("/") + 1);

async function keysBelow(artifacts: ArtifactStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await artifacts.list(prefix, { limit: 1000, ...(cursor ? { cursor } : {}) });
    keys.push(...page.keys);
    cursor = page.nextCursor;
    if (keys.length > MAX_KEYS)
      throw new SigmaError("PACK_INVALID", `"${prefix}" holds more than "${MAX_KEYS}" documents; remove some.`, { prefix });
  } while (cursor);
  return keys;
}
