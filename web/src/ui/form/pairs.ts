/** A word that stands for all, such as `balanced`, or numbers by name. */
export type Pairs = string | Readonly<Record<string, number | string>>;

/**
 * Reads `-1: 2, 1: 1` as numbers by name, and a text without a colon as the word that it is; nothing when empty. What is no
 * number stays a text, so that the schema can say so.
 */
export function readPairs(text: string): Pairs | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  if (!trimmed.includes(":")) return trimmed;
  const pairs = trimmed
    .split(",")
    .map((pair) => pair.trim())
    .filter((pair) => pair !== "")
    .map((pair): [string, number | string] => {
      const cut = pair.lastIndexOf(":");
      const [name, value] = cut < 0 ? [pair, ""] : [pair.slice(0, cut).trim(), pair.slice(cut + 1).trim()];
      return [name, value !== "" && Number.isFinite(Number(value)) ? Number(value) : value];
    });
  return Object.fromEntries(pairs);
}

export const writePairs = (pairs: Pairs | undefined): string =>
  pairs === undefined || typeof pairs === "string"
    ? (pairs ?? "")
    : Object.entries(pairs)
        .map(([name, value]) => `${name}: ${value}`)
        .join(", ");
