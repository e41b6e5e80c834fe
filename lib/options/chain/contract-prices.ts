import type { OptionChain } from "../../core/option-data.ts";
import { quoteFault } from "../quote-fault.ts";

/**
 * Middle of a contract's quote, dollars; NaN without a bid above 0, without an ask, where the quote is crossed, and where it is too
 * wide to say where the market is.
 */
export function midOf(chain: OptionChain, contract: number): number {
  if (contract < 0) return Number.NaN;
  const bid = chain.bid[contract]!;
  const ask = chain.ask[contract]!;
  if (!(bid > 0 && ask >= bid)) return Number.NaN;
  const fault = quoteFault(bid, ask, 0);
  return fault === null || fault === "locked" ? (bid + ask) / 2 : Number.NaN;
}

/** What the market says a contract is worth: the middle of its quote, else the last price if it traded in the session. */
export function marketPrice(chain: OptionChain, contract: number): number {
  const mid = midOf(chain, contract);
  if (!Number.isNaN(mid) || contract < 0) return mid;
  return chain.volume[contract]! > 0 && chain.last[contract]! > 0 ? chain.last[contract]! : Number.NaN;
}
