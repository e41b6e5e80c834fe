import { nearestName } from "../errors/nearest.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { CONDITIONS, PACK_TAGS, type PackTags, STRATEGY_TAGS, type StrategyTags } from "./tags.schema.ts";

/** Tags in force, by category. `conditions` and `own` (what the user added) hold several. */
export interface EffectiveTags {
  readonly byCategory: Readonly<Record<string, string>>;
  readonly conditions: readonly string[];
  readonly own: readonly string[];
}

/** What a pack, strategy and model inherit: the pack's tags, replaced category by category, then the user's. */
export function effectiveTags(pack: PackTags, strategy?: StrategyTags, own: readonly string[] = []): EffectiveTags {
  const { conditions = [], ...byCategory } = strategy ?? {};
  const chosen = Object.fromEntries(Object.entries(byCategory).filter(([, value]) => value !== undefined));
  return { byCategory: { ...pack, ...chosen }, conditions, own: [...new Set(own)] };
}

/** Every tag as a flat list without repetition: categories first, in their documented order. */
export function tagList(tags: EffectiveTags): string[] {
  const ordered = CATEGORIES.flatMap((category) => tags.byCategory[category] ?? []);
  return [...new Set([...ordered, ...tags.conditions, ...tags.own])];
}

/**
 * Whether all the wanted tags are in force. A word that stands in two categories (`balanced` is a risk and a win rate)
 * can be pinned to one as `risk:balanced`.
 */
export function matchesTags(tags: EffectiveTags, wanted: readonly string[]): boolean {
  const all = new Set(tagList(tags));
  return wanted.every((tag) => {
    const [category, value] = tag.split(":");
    return value === undefined ? all.has(tag) : tags.byCategory[category!] === value;
  });
}

/**
 * Splits a filter such as `conservative, long_only`.
 *
 * @param known - further words that may be asked for: the tags that users gave their models
 * @throws INVALID_PARAM for a word that is no tag, with the nearest one
 */
export function readTagFilter(text: string, known: readonly string[] = []): string[] {
  const words = text
    .split(",")
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== "");
  const vocabulary = [...new Set([...VOCABULARY, ...known])];
  for (const word of words) {
    if (vocabulary.includes(word)) continue;
    const nearest = nearestName(word, vocabulary);
    throw new SigmaError(
      "INVALID_PARAM",
      `"${word}" is not a tag${nearest ? `; did you mean "${nearest}"?` : `. Tags are ${VOCABULARY.filter((tag) => !tag.includes(":")).join(", ")}.`}`,
      { tag: word },
      { fieldErrors: [{ path: "tags", issue: `"${word}" is not a tag` }] },
    );
  }
  return words;
}

const VALUES: Readonly<Record<string, readonly string[]>> = { ...PACK_TAGS, ...STRATEGY_TAGS };
const CATEGORIES = Object.keys(VALUES);
const VOCABULARY = [
  ...new Set([...Object.values(VALUES).flat(), ...CONDITIONS]),
  ...Object.entries(VALUES).flatMap(([category, values]) => values.map((value) => `${category}:${value}`)),
];
