import { TRADE_KINDS } from "../core/option-data.ts";

/** Index into `TRADE_KINDS` of a name. */
export const kindIndex = (kind: (typeof TRADE_KINDS)[number]): number => TRADE_KINDS.indexOf(kind);

/**
 * What the sale conditions of an option trade say. A cancellation outweighs all, then several legs, then lateness, then a
 * cross; what says none of these is regular.
 *
 * @param words - of each condition, from the vendor's table
 * @returns undefined for a trade that was canceled
 */
export function tradeKindOf(words: readonly OptionCondition[]): number | undefined {
  if (words.includes("canceled")) return undefined;
  for (const kind of ["complex", "late", "cross"] as const) if (words.includes(kind)) return kindIndex(kind);
  return kindIndex("regular");
}

export type OptionCondition = "canceled" | "complex" | "late" | "cross" | "regular";
