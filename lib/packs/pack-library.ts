import { ID_PATTERN } from "../core/ids.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { MetadataStore } from "../ports/metadata-store.ts";
import { type PackDocuments, packIds } from "./pack-source.ts";
import { resolvePack, unknownPack } from "./resolve-pack.ts";
import type { ResolvedPack } from "./resolved-pack.ts";

export interface LibraryPack {
  readonly resolved: ResolvedPack;
  /** Built-in packs come with the code and cannot be changed. */
  readonly builtIn: boolean;
  /** Whether no version of the owner's pack has passed its check yet: nothing is made of it until then. */
  readonly isDraft: boolean;
}

/** Every pack that an owner can use: the built-in ones first, then the owner's own. */
export interface PackLibrary {
  /** @throws NOT_FOUND with the nearest id | PACK_INVALID */
  get(owner: string, packId: string): Promise<LibraryPack>;
  /** The pack with what was written last, as its check reads it. @throws as `get` */
  latest(owner: string, packId: string): Promise<ResolvedPack>;
  /** Ids with where they come from, in order. */
  list(owner: string): Promise<readonly { readonly packId: string; readonly builtIn: boolean }[]>;
  /** The documents a pack is read from, for a validation report that must not stop at the first problem. */
  documents(owner: string, packId: string): Promise<PackDocuments>;
}

/** Only packs that are an owner's own need it: built-in ones are found without. */
const ownPacks = () => import("./own-pack-reader.ts");

/** A pack of the owner's that has the id of a built-in one is never seen: the built-in one is what everybody gets. */
export function createPackLibrary(sources: {
  readonly builtIn: PackDocuments;
  readonly artifacts: ArtifactStore;
  readonly metadata: MetadataStore;
}): PackLibrary {
  const { builtIn, artifacts } = sources;
  const ids = packIds(builtIn);
  const resolvedBuiltIns = new Map<string, ResolvedPack>();

  const ownIds = async (owner: string): Promise<string[]> => {
    const { listOwnPacks, workspacePackIds } = await ownPacks();
    const recorded = (await listOwnPacks(sources, owner)).map(({ pack_id }) => pack_id);
    const placed = await workspacePackIds(artifacts, owner);
    return [...new Set([...recorded, ...placed])].filter((id) => !ids.includes(id)).sort();
  };

  /** The documents of a pack that was written through the API, or else of one that was put into the workspace by hand. */
  const find = async (owner: string, packId: string, latest: boolean) => {
    if (ids.includes(packId)) return { documents: builtIn, isDraft: false };
    if (ID_PATTERN.test(packId)) {
      const { currentVersion, findOwnPack, readPackVersion, readWorkspacePack } = await ownPacks();
      const record = await findOwnPack(sources, owner, packId);
      if (record) {
        const version = latest ? (record.candidate ?? currentVersion(record)) : currentVersion(record);
        return { documents: await readPackVersion(sources, version), isDraft: record.active === null };
      }
      const placed = await readWorkspacePack(artifacts, owner, packId);
      if (placed.read(`${packId}/pack.yaml`) !== undefined) return { documents: placed, isDraft: false };
    }
    throw unknownPack(packId, [...ids, ...(await ownIds(owner))]);
  };

  return {
    documents: async (owner, packId) => (await find(owner, packId, false)).documents,
    latest: async (owner, packId) => resolvePack((await find(owner, packId, true)).documents, packId),
    async get(owner, packId) {
      const known = resolvedBuiltIns.get(packId);
      if (known) return { resolved: known, builtIn: true, isDraft: false };
      const { documents, isDraft } = await find(owner, packId, false);
      const resolved = resolvePack(documents, packId);
      const isBuiltIn = ids.includes(packId);
      if (isBuiltIn) resolvedBuiltIns.set(packId, resolved);
      return { resolved, builtIn: isBuiltIn, isDraft };
    },
    async list(owner) {
      return [...ids.map((packId) => ({ packId, builtIn: true })), ...(await ownIds(owner)).map((packId) => ({ packId, builtIn: false }))];
    },
  };
}
