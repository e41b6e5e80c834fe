import { PACK_TAGS } from "#lib/packs/tags.schema.ts";
import { TAG_VALUES, typed } from "../../words/packs.ts";

/** What a search text asks for: tags as the API knows them, and words that are none. */
export interface TagSearch {
  readonly tags: readonly string[];
  /** Lower-case words that are no tags; names and descriptions are searched for them. */
  readonly words: readonly string[];
}

const VALUES: ReadonlySet<string> = new Set(Object.values(TAG_VALUES).flat());
/** The longest tags have this many words: `mean_reversion`, `high_probability`. */
const MOST_WORDS = 2;

function isTag(text: string): boolean {
  const [category, value] = text.split(":");
  return value === undefined ? VALUES.has(text) : (TAG_VALUES[category!] ?? []).includes(value);
}

/**
 * Reads "conservative long-only swing", "Long only, swing" and "risk:balanced" alike: a hyphen, a space or a `_` holds the parts of a
 * tag together, and two words that make a tag are that tag.
 */
export function readTagSearch(text: string): TagSearch {
  const parts = text
    .toLowerCase()
    .split(/[\s,;+]+/)
    .map((part) => part.replaceAll("-", "_"))
    .filter(Boolean);
  const tags: string[] = [];
  const words: string[] = [];
  for (let at = 0; at < parts.length; ) {
    let length = Math.min(MOST_WORDS, parts.length - at);
    while (length > 0 && !isTag(parts.slice(at, at + length).join("_"))) length -= 1;
    if (length === 0) words.push(parts[at++]!);
    else {
      tags.push(parts.slice(at, at + length).join("_"));
      at += length;
    }
  }
  return { tags: [...new Set(tags)], words: [...new Set(words)] };
}

/** The value of a category that a search asks for; a word that stands in two categories counts for the first that has it. */
export function tagOf(search: TagSearch, category: string): string | undefined {
  for (const tag of search.tags) {
    const [named, value] = tag.split(":");
    if (value !== undefined ? named === category : categoryOf(tag) === category) return value ?? tag;
  }
  return undefined;
}

const categoryOf = (tag: string): string | undefined => Object.keys(TAG_VALUES).find((category) => TAG_VALUES[category]!.includes(tag));

/** A tag as it is searched for: with its category where the word alone stands in two. */
const qualified = (category: string, value: string): string =>
  Object.values(TAG_VALUES).filter((values) => values.includes(value)).length > 1 ? `${category}:${value}` : value;

/** The search text with another value of a category, or without one. */
export function withTag(text: string, category: string, value: string | undefined): string {
  const search = readTagSearch(text);
  const kept = search.tags.filter((tag) => {
    const [named, pinned] = tag.split(":");
    return pinned === undefined ? categoryOf(tag) !== category : named !== category;
  });
  return [...search.words, ...kept, ...(value === undefined ? [] : [qualified(category, value)])].map(typed).join(" ");
}

/** Whether a pack's own tags have all that are wanted; a tag of a category that only strategies have is none of them. */
export function packHasTags(tags: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((tag) => {
    const [category, value] = tag.split(":");
    return tags.includes(value ?? tag) && (value === undefined || Object.hasOwn(PACK_TAGS, category!));
  });
}
