import type { Query } from "../ports/metadata-store.ts";

/**
 * Orders texts by their UTF-8 bytes, which is code point order. JavaScript's own `<` compares UTF-16 units and puts
 * astral characters (surrogate pairs) before U+E000 to U+FFFF.
 *
 * @returns negative, 0 or positive
 */
export function compareBytes(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Moves surrogates above every other code unit, as their code points are. */
const rank = (unit: number): number => (unit < 0xd800 ? unit : unit >= 0xe000 ? unit - 0x800 : unit + 0x2000);

/** The smallest text after all texts with this prefix, or undefined when there is none. */
export function prefixEnd(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0)!);
  for (let i = points.length - 1; i >= 0; i--) {
    const point = points[i]!;
    if (point === 0x10ffff) continue;
    const next = point === 0xd7ff ? 0xe000 : point + 1;
    return String.fromCodePoint(...points.slice(0, i), next);
  }
  return undefined;
}

/** Bounds of the sort keys that a query wants. Absent = unbounded. */
export interface SortKeyRange {
  readonly low: { readonly sk: string; readonly inclusive: boolean } | undefined;
  /** Never included. */
  readonly high: string | undefined;
  readonly empty: boolean;
}

/** Joins prefix, after and before into one range: `sk >= p and sk < p'`. */
export function sortKeyRange({ prefix, after, before }: Pick<Query, "prefix" | "after" | "before">): SortKeyRange {
  let low = prefix ? { sk: prefix, inclusive: true } : undefined;
  let high = prefix ? prefixEnd(prefix) : undefined;
  if (after !== undefined && after !== "" && (low === undefined || compareBytes(after, low.sk) >= 0)) low = { sk: after, inclusive: false };
  if (before !== undefined && (high === undefined || compareBytes(before, high) < 0)) high = before;
  return { low, high, empty: high !== undefined && (high === "" || (low !== undefined && compareBytes(low.sk, high) >= 0)) };
}

/** Whether a sort key lies in a range. */
export function inRange(sk: string, { low, high }: SortKeyRange): boolean {
  if (high !== undefined && compareBytes(sk, high) >= 0) return false;
  if (low === undefined) return true;
  const order = compareBytes(sk, low.sk);
  return order > 0 || (order === 0 && low.inclusive);
}
