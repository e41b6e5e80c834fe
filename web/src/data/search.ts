/**
 * Readers of search parameters for `validateSearch`: what an address holds is anybody's text, so what is wrong is left out.
 * They stand in the first load with the routes; schemas would bring their library along.
 */
type Search = Readonly<Record<string, unknown>>;

/** A text, as it is; numbers that the router read as such become text again. */
export function textIn(search: Search, key: string, most = 200): string | undefined {
  const value = search[key];
  if (typeof value === "string") return value === "" || value.length > most ? undefined : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** An id as users choose them, such as of a pack. */
export function idIn(search: Search, key: string): string | undefined {
  const text = textIn(search, key, 64);
  return text !== undefined && /^[a-z0-9][a-z0-9_]*$/.test(text) ? text : undefined;
}

/** A symbol as exchanges write it. */
export function symbolIn(search: Search, key: string): string | undefined {
  const text = textIn(search, key, 32)?.toUpperCase();
  return text !== undefined && /^[A-Z0-9^][A-Z0-9.:_-]*$/.test(text) ? text : undefined;
}

/** A day of the calendar, such as `2026-11-20`. */
export function dayIn(search: Search, key: string): string | undefined {
  const text = textIn(search, key, 10);
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : undefined;
}

/** One of the given words. */
export function oneIn<const W extends string>(search: Search, key: string, words: readonly W[]): W | undefined {
  return words.find((word) => word === search[key]);
}

/** A list of texts, without doubles; one text is a list of one. */
export function listIn(search: Search, key: string, most = 50): readonly string[] | undefined {
  const value = search[key];
  const list = (Array.isArray(value) ? value : [value]).filter(
    (each): each is string | number => typeof each === "string" || typeof each === "number",
  );
  const texts = [...new Set(list.map(String))].filter((text) => text !== "" && text.length <= 200).slice(0, most);
  return texts.length === 0 ? undefined : texts;
}

/** True where the address says so. */
export const flagIn = (search: Search, key: string): true | undefined =>
  search[key] === true || search[key] === "true" ? true : undefined;

/** An object without the keys that have no value, as an address holds none of them. */
export function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
