import { ID_PATTERN } from "../core/ids.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import { type PackDocuments, packIds } from "./pack-source.ts";
import { resolvePack, unknownPack } from "./resolve-pack.ts";
import type { ResolvedPack } from "./resolved-pack.ts";
import { readWorkspacePack, workspacePackIds } from "./workspace.ts";

export interface LibraryPack {
  readonly resolved: ResolvedPack;
  /** Built-in packs come with the code and cannot be changed. */
  readonly builtIn: boolean;
}

/** Every pack that an owner can use: the built-in ones first, then the owner's own. */
export interface PackLibrary {
  /** @throws NOT_FOUND with the nearest id | PACK_INVALID */
  get(owner: string, packId: string): Promise<LibraryPack>;
  /** Ids with where they come from, in order. */
  list(owner: string): Promise<readonly { readonly packId: string; readonly builtIn: boolean }[]>;
  /** The documents a pack is read from, for a validation report that must not stop at the first problem. */
  documents(owner: string, packId: string): Promise<PackDocuments>;
}

/** A pack of the owner's that has the id of a built-in one is never seen: the built-in one is what everybody gets. */
export function createPackLibrary(sources: { readonly builtIn: PackDocuments; readonly artifacts: ArtifactStore }): PackLibrary {
  const { builtIn, artifacts } = sources;
  const ids = packIds(builtIn);
  const resolvedBuiltIns = new Map<string, ResolvedPack>();

  const ownIds = async (owner: string) => (await workspacePackIds(artifacts, owner)).filter((id) => !ids.includes(id));

  const documents = async (owner: string, packId: string): Promise<PackDocuments> => {
    if (ids.includes(packId)) return builtIn;
    const own = ID_PATTERN.test(packId) ? await readWorkspacePack(artifacts, owner, packId) : undefined;
    if (own?.read(`${packId}/pack.yaml`) === undefined) throw unknownPack(packId, [...ids, ...(await ownIds(owner))]);
    return own;
  };

  return {
    documents,
    async get(owner, packId) {
      const known = resolvedBuiltIns.get(packId);
      if (known) return { resolved: known, builtIn: true };
      const resolved = resolvePack(await documents(owner, packId), packId);
      const isBuiltIn = ids.includes(packId);
      if (isBuiltIn) resolvedBuiltIns.set(packId, resolved);
      return { resolved, builtIn: isBuiltIn };
    },
    async list(owner) {
      return [...ids.map((packId) => ({ packId, builtIn: true })), ...(await ownIds(owner)).map((packId) => ({ packId, builtIn: false }))];
    },
  };
}
