import { type ContractTape, firstAfter, type UnderlyingMinutes } from "./contract-tape.ts";
import { modelledHalfSpread } from "./option-fill.ts";

/** Where a price came from: a quote, a trade with a modelled spread around it, or a model. */
export const [QUOTED, TRADED, REPRICED] = [0, 1, 2] as const;

/** A price of one contract, dollars a share. */
export interface ContractPrice {
  mid: number;
  halfSpread: number;
  source: number;
}

/** A quote or a trade stands for the market for so long; after it, nobody knows. */
const MAX_AGE_MS = 15 * 60_000;

/** A level that was adjusted and made raw again differs from itself by less, relative to it. */
const TOUCH = 1e-9;

/** Whether a bid and an ask make a market: an ask without a bid is one, at which nothing can be sold for anything. */
export const isQuote = (bid: number, ask: number): boolean => bid >= 0 && ask > 0 && ask >= bid && ask < Number.POSITIVE_INFINITY;

/**
 * The first observation of a contract at or after a moment: a quote where there is one, else a trade.
 *
 * @param lastMs - nothing later is read
 * @returns whether there was one within 15 minutes; `out` then holds it
 */
export function priceAfter({ prices }: ContractTape, contract: number, fromMs: number, lastMs: number, out: ContractPrice): boolean {
  const until = Math.min(lastMs, fromMs + MAX_AGE_MS);
  const end = prices.first[contract + 1]!;
  let traded = -1;
  for (let i = firstAfter(prices.ms, fromMs - 0.5, prices.first[contract]!, end); i < end && prices.ms[i]! <= until; i++) {
    if (isQuote(prices.bid[i]!, prices.ask[i]!)) return setQuote(prices.bid[i]!, prices.ask[i]!, out);
    // What is known of trades at the moment itself happened before it.
    if (traded < 0 && prices.traded[i]! > 0 && prices.ms[i]! > fromMs) traded = i;
  }
  return traded >= 0 && setTrade(prices.traded[traded]!, out);
}

/** The last observation of a contract at or before a moment, as `priceAfter` has the first one. @param firstMs - nothing before is read */
export function priceBefore({ prices }: ContractTape, contract: number, atMs: number, firstMs: number, out: ContractPrice): boolean {
  const from = Math.max(firstMs, atMs - MAX_AGE_MS);
  const start = prices.first[contract]!;
  let traded = -1;
  for (let i = firstAfter(prices.ms, atMs, start, prices.first[contract + 1]!) - 1; i >= start && prices.ms[i]! >= from; i--) {
    if (isQuote(prices.bid[i]!, prices.ask[i]!)) return setQuote(prices.bid[i]!, prices.ask[i]!, out);
    if (traded < 0 && prices.traded[i]! > 0) traded = i;
  }
  return traded >= 0 && setTrade(prices.traded[traded]!, out);
}

/**
 * The end of the first minute of a bar in which the underlying reached a level: then it was known.
 *
 * @param level - raw price
 * @param upwards - whether it was reached from below
 * @returns UTC ms; NaN when there are no minutes, or none reached it
 */
export function reachedMs(minutes: UnderlyingMinutes | null, barStart: number, barEnd: number, level: number, upwards: boolean): number {
  if (minutes === null) return Number.NaN;
  const { endMs, high, low } = minutes;
  for (let i = firstAfter(endMs, barStart, 0, endMs.length); i < endMs.length && endMs[i]! <= barEnd; i++)
    if (upwards ? high[i]! >= level * (1 - TOUCH) : low[i]! <= level * (1 + TOUCH)) return endMs[i]!;
  return Number.NaN;
}

function setQuote(bid: number, ask: number, out: ContractPrice): true {
  out.mid = 0.5 * (bid + ask);
  out.halfSpread = 0.5 * (ask - bid);
  out.source = QUOTED;
  return true;
}

function setTrade(price: number, out: ContractPrice): true {
  out.mid = price;
  out.halfSpread = modelledHalfSpread(price);
  out.source = TRADED;
  return true;
}
