import { parseOccSymbol } from "#lib/core/occ-symbol.ts";
import { formatDate } from "#lib/core/time.ts";
import { formatNumber } from "./format.ts";

/** `call` or `put`, as an option's symbol says; undefined when it is no such symbol. */
export function rightOf(symbol: string): "call" | "put" | undefined {
  const right = parseOccSymbol(symbol)?.right;
  return right === undefined ? undefined : right === 1 ? "call" : "put";
}

/** `O:SPY240701C00545000` as people say it: "SPY 2024-07-01 545 call". What is no option's symbol stays as it is. */
export function contractInWords(symbol: string): string {
  const contract = parseOccSymbol(symbol);
  if (contract === undefined) return symbol;
  const { root, expiry, right, strike } = contract;
  return `${root} ${formatDate(expiry)} ${Number.isInteger(strike) ? formatNumber(strike, "count") : formatNumber(strike, "price")} ${right === 1 ? "call" : "put"}`;
}
