import type { ResolvedPack } from "./resolved-pack.ts";
import { effectiveTags, matchesTags, tagList } from "./tags.ts";

export interface TaggedStrategy {
  readonly packId: string;
  readonly strategy: string;
  /** Every tag in force, inherited ones included. */
  readonly tags: readonly string[];
}

/** Strategies of the packs that have all the wanted tags in force, in the packs' order and then by name. */
export function findStrategies(packs: readonly ResolvedPack[], wanted: readonly string[]): TaggedStrategy[] {
  return packs.flatMap(({ pack, strategies }) =>
    [...strategies]
      .map(([strategy, definition]) => ({ strategy, tags: effectiveTags(pack.tags, definition.tags) }))
      .filter(({ tags }) => matchesTags(tags, wanted))
      .map(({ strategy, tags }) => ({ packId: pack.id, strategy, tags: tagList(tags) })),
  );
}
