import { SigmaError } from "../errors/sigma-error.ts";
import { yamlText } from "../models/yaml-text.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import { type IndicatorSet, IndicatorSetSchema } from "./indicator-set.schema.ts";
import { documentPath } from "./pack-source.ts";
import { workspacePrefix } from "./workspace.ts";
import { readDocument } from "./yaml.ts";

/** A set that an owner keeps beside a pack, for models of that pack. */
export interface OwnIndicatorSet {
  readonly set: IndicatorSet;
  readonly etag: string;
}

/** Most sets that one owner keeps beside one pack. */
const MAX_SETS = 200;

const keyOf = (owner: string, packId: string, name: string): string =>
  `${workspacePrefix(owner)}/${documentPath(packId, "indicator_sets", name)}`;

/** @returns undefined when the owner keeps no set of this name there */
export async function findOwnSet(
  artifacts: ArtifactStore,
  owner: string,
  packId: string,
  name: string,
): Promise<OwnIndicatorSet | undefined> {
  try {
    const { bytes, etag } = await artifacts.get(keyOf(owner, packId, name));
    const path = documentPath(packId, "indicator_sets", name);
    return { set: readDocument(new TextDecoder().decode(bytes), IndicatorSetSchema, { code: "MODEL_INVALID", path }), etag };
  } catch (error) {
    if (error instanceof SigmaError && error.code === "ARTIFACT_NOT_FOUND") return undefined;
    throw error;
  }
}

/** Names of the sets that an owner keeps beside a pack, those of single models left out. */
export async function ownSetNames(artifacts: ArtifactStore, owner: string, packId: string): Promise<string[]> {
  const names = async (kind: "indicator_sets" | "model_configs"): Promise<string[]> => {
    const prefix = `${workspacePrefix(owner)}/${packId}/${kind}/`;
    const { keys } = await artifacts.list(prefix, { limit: 1000 });
    return keys.filter((key) => key.endsWith(".yaml")).map((key) => key.slice(prefix.length, -".yaml".length));
  };
  const [sets, models] = await Promise.all([names("indicator_sets"), names("model_configs")]);
  return sets.filter((name) => !models.includes(name));
}

/**
 * Writes a set, when it is the next version of the one that was read.
 *
 * @param before - what stands there now
 * @throws CONFLICT when another one stands there by now, or the owner keeps too many
 */
export async function writeOwnSet(
  artifacts: ArtifactStore,
  owner: string,
  packId: string,
  set: IndicatorSet,
  before: OwnIndicatorSet | undefined,
): Promise<string> {
  if (before === undefined && (await ownSetNames(artifacts, owner, packId)).length >= MAX_SETS)
    throw new SigmaError("CONFLICT", `You keep "${MAX_SETS}" indicator sets beside pack "${packId}" already. Change one of them.`, {
      packId,
    });
  const text = yamlText("An indicator set of your own; models name it as indicator_set.", set);
  const condition = before === undefined ? "absent" : { etag: before.etag };
  const { created, etag } = await artifacts.put(keyOf(owner, packId, set.name), new TextEncoder().encode(text), condition);
  if (created || before !== undefined) return etag;
  throw new SigmaError("CONFLICT", `Set "${set.name}" was written by another request meanwhile. Read it and repeat your change.`, {
    name: set.name,
  });
}
