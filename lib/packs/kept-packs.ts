import { type Sha256, sha256OfJson } from "../core/digest.ts";
import type { PackDocuments } from "./pack-source.ts";
import type { ResolvedPack } from "./resolved-pack.ts";

/** Packs that were resolved, found again by what they were resolved from. */
export interface KeptPacks {
  get(key: string): ResolvedPack | undefined;
  /** Keeps the pack, and forgets those that were not asked for longest where they are too many. Returns the pack. */
  add(key: string, pack: ResolvedPack): ResolvedPack;
}

/** A resolved pack takes some four bytes for each character of its documents: at most 20 MB, or 150 packs like the built-in ones. */
const MOST_CHARACTERS = 5_000_000;

/**
 * Remembers resolved packs up to a bound of memory. Reading and checking a pack's documents takes tens of milliseconds, and lists do it
 * for every pack that an owner has.
 *
 * Equal keys must mean equal documents, whoever asks: a key names its owner and its texts, by digest or by a folder that is written once.
 */
export function createKeptPacks(mostCharacters: number = MOST_CHARACTERS): KeptPacks {
  const kept = new Map<string, { readonly pack: ResolvedPack; readonly characters: number }>();
  let total = 0;
  const forget = (key: string): void => {
    total -= kept.get(key)?.characters ?? 0;
    kept.delete(key);
  };
  return {
    get(key) {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      // A map iterates in the order of insertion: the first key is the one not asked for longest.
      kept.delete(key);
      kept.set(key, found);
      return found.pack;
    },
    add(key, pack) {
      forget(key);
      const characters = charactersOf(pack.documents);
      kept.set(key, { pack, characters });
      total += characters;
      for (const oldest of kept.keys()) {
        if (total <= mostCharacters) break;
        forget(oldest);
      }
      return pack;
    },
  };
}

const charactersOf = (documents: PackDocuments): number =>
  documents.list().reduce((sum, path) => sum + path.length + (documents.read(path)?.length ?? 0), 0);

/** Digest of every document by its path. */
export const documentsSha = (documents: PackDocuments): Sha256 =>
  sha256OfJson(documents.list().map((path) => [path, documents.read(path)]));
