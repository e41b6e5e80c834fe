import type { OptionChain } from "../../core/option-data.ts";

/** 1,000 % a year: above that a quoted volatility is an error, not a market. */
export const HIGHEST_VOLATILITY = 10;

/** Middle of a contract's quote, dollars; NaN without a bid above 0, without an ask, and where the quote is crossed. */
export function midOf(chain: OptionChain, contract: number): number {
  if (contract < 0) return Number.NaN;
  const bid = chain.bid[contract]!;
  const ask = chain.ask[contract]!;
  return bid > 0 && ask >= bid ? (bid + ask) / 2 : Number.NaN;
}

/** The source's volatility of a contract; NaN where it is 0 (not computed) or out of range. */
export function quotedVolatility(chain: OptionChain, contract: number): number {
  const iv = contract < 0 ? Number.NaN : chain.iv[contract]!;
  return iv > 0 && iv <= HIGHEST_VOLATILITY ? iv : Number.NaN;
}
