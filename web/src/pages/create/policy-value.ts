import { formatNumber } from "../../words/format.ts";

export type Tree = Readonly<Record<string, unknown>>;

/** A value somewhere below a mapping, written for a hint. */
export function written(tree: Tree | undefined, path: string): string | undefined {
  const value = path.split(".").reduce<unknown>((at, key) => (at as Tree | undefined)?.[key], tree);
  if (value === undefined || value === null) return undefined;
  return typeof value === "number" ? formatNumber(value, Number.isInteger(value) ? "count" : "ratio") : String(value);
}
