import { type ImpliedVolReason, impliedVol, type PricedOption } from "./implied-vol.ts";
import { QUOTE_LIMITS, type QuoteLimits, quoteFault } from "./quote-fault.ts";

/** Why a quote has no implied volatility: the quote itself, or its middle as a price. */
export type QuoteIvReason = "no_quote" | "crossed" | "stale" | "wide_spread" | ImpliedVolReason;

/** A quote in place of a price, dollars a share. */
export interface QuotedOption extends Omit<PricedOption, "price"> {
  readonly bid: number;
  readonly ask: number;
  /** How long the quote has stood, milliseconds. */
  readonly ageMs: number;
}

/** `mid` is NaN where the quote has none to trust; `volatility` exactly when there is a reason. */
export interface QuoteIv {
  readonly mid: number;
  readonly volatility: number;
  readonly reason: QuoteIvReason | null;
}

/**
 * Implied volatility of the middle of a quote. Without a bid there is no middle: half an ask is nobody's price. A locked quote
 * has one.
 */
export function quoteIv(option: QuotedOption, limits: QuoteLimits = QUOTE_LIMITS): QuoteIv {
  const { bid, ask, ageMs, ...rest } = option;
  const fault = quoteFault(bid, ask, ageMs, limits);
  if (fault === "missing" || bid === 0) return { mid: Number.NaN, volatility: Number.NaN, reason: "no_quote" };
  if (fault !== null && fault !== "locked") return { mid: Number.NaN, volatility: Number.NaN, reason: fault };
  const mid = 0.5 * (bid + ask);
  return { mid, ...impliedVol({ ...rest, price: mid }) };
}
