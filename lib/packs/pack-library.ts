import { ID_PATTERN } from "../core/ids.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { MetadataStore } from "../ports/metadata-store.ts";
import { createKeptPacks, documentsSha, type KeptPacks } from "./kept-packs.ts";
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

/** Built-in packs never change while a process runs; there are few of them. */
const resolvedBuiltIns = new WeakMap<PackDocuments, Map<string, ResolvedPack>>();

/** Of each store, so that equal keys of two stores never meet. */
const resolvedOwn = new WeakMap<ArtifactStore, KeptPacks>();

/** What is kept for one of the places that it came from; made with the first question. */
function keptFor<K extends object, V>(all: WeakMap<K, V>, place: K, make: () => V): V {
  const known = all.get(place) ?? make();
  all.set(place, known);
  return known;
}

/** A pack of an owner's, before its documents are read and checked. */
interface FoundPack {
  /** Names the owner and the texts. */
  readonly key: string;
  readonly documents: () => Promise<PackDocuments>;
  readonly isDraft: boolean;
}

/** A pack of the owner's that has the id of a built-in one is never seen: the built-in one is what everybody gets. */
export function createPackLibrary(sources: {
  readonly builtIn: PackDocuments;
  readonly artifacts: ArtifactStore;
  readonly metadata: MetadataStore;
}): PackLibrary {
  const { builtIn, artifacts } = sources;
  const ids = packIds(builtIn);
  const builtIns = keptFor(resolvedBuiltIns, builtIn, () => new Map());
  const kept = keptFor(resolvedOwn, artifacts, createKeptPacks);

  const ownIds = async (owner: string): Promise<string[]> => {
    const { listOwnPacks, workspacePackIds } = await ownPacks();
    const recorded = (await listOwnPacks(sources, owner)).map(({ pack_id }) => pack_id);
    const placed = await workspacePackIds(artifacts, owner);
    return [...new Set([...recorded, ...placed])].filter((id) => !ids.includes(id)).sort();
  };

  /** A pack that was written through the API, or else one that was put into the workspace by hand; its record is read each time. */
  const find = async (owner: string, packId: string, latest: boolean): Promise<FoundPack> => {
    if (ID_PATTERN.test(packId)) {
      const { currentVersion, findOwnPack, readPackVersion, readWorkspacePack } = await ownPacks();
      const record = await findOwnPack(sources, owner, packId);
      if (record) {
        const version = latest ? (record.candidate ?? currentVersion(record)) : currentVersion(record);
        // A version is written once, into a folder of the owner's that its texts name.
        const key = `${owner} version ${version.paths.join(" ")}`;
        return { key, documents: () => readPackVersion(sources, version), isDraft: record.active === null };
      }
      const placed = await readWorkspacePack(artifacts, owner, packId);
      if (placed.read(`${packId}/pack.yaml`) !== undefined)
        return { key: `${owner} placed ${packId} ${documentsSha(placed)}`, documents: async () => placed, isDraft: false };
    }
    throw unknownPack(packId, [...ids, ...(await ownIds(owner))]);
  };

  const resolveOwn = async ({ key, documents }: FoundPack, packId: string): Promise<ResolvedPack> =>
    kept.get(key) ?? kept.add(key, resolvePack(await documents(), packId));

  const resolveBuiltIn = (packId: string): ResolvedPack => {
    const resolved = builtIns.get(packId) ?? resolvePack(builtIn, packId);
    builtIns.set(packId, resolved);
    return resolved;
  };

  return {
    documents: async (owner, packId) => (ids.includes(packId) ? builtIn : (await find(owner, packId, false)).documents()),
    latest: async (owner, packId) => (ids.includes(packId) ? resolveBuiltIn(packId) : resolveOwn(await find(owner, packId, true), packId)),
    async get(owner, packId) {
      if (ids.includes(packId)) return { resolved: resolveBuiltIn(packId), builtIn: true, isDraft: false };
      const found = await find(owner, packId, false);
      return { resolved: await resolveOwn(found, packId), builtIn: false, isDraft: found.isDraft };
    },
    async list(owner) {
      return [...ids.map((packId) => ({ packId, builtIn: true })), ...(await ownIds(owner)).map((packId) => ({ packId, builtIn: false }))];
    },
  };
}
