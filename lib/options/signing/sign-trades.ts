import { type OptionTape, TRADE_KINDS } from "../../core/option-data.ts";
import { PRICE_TOLERANCE, QUOTE_LIMITS, type QuoteLimits, quoteFault } from "../quote-fault.ts";
import { checkTape } from "./check-tape.ts";
import { createTickTest } from "./tick-test.ts";

/**
 * How the side that started a trade is inferred.
 *
 * - `quote`: above the middle of the quote a buyer, below a seller, at it unknown;
 * - `lee_ready`: the same, and the tick test at the middle;
 * - `emo`: a buyer exactly at the ask, a seller exactly at the bid, the tick test everywhere else;
 * - `tick`: the tick test alone; no quote is looked at.
 *
 * @see C. Lee and M. Ready (1991); K. Ellis, R. Michaely and M. O'Hara (2000)
 */
export const SIGNING_MODES = ["quote", "lee_ready", "emo", "tick"] as const;
export type SigningMode = (typeof SIGNING_MODES)[number];

export interface SignedTrades {
  /** For each trade: 1 = a buyer started it, -1 = a seller, 0 = unknown. */
  readonly sides: Int8Array;
  /** Contracts with a side over all contracts, 0 to 1; NaN without trades. */
  readonly classifiedShare: number;
  /** Contracts that traded outside a good quote over all contracts: such trades are known to be misread. NaN without trades. */
  readonly outsideQuoteShare: number;
}

const REGULAR = TRADE_KINDS.indexOf("regular");

/**
 * Infers each trade's side from the quote that stood before it and from earlier trades: one pass over both lists.
 *
 * Unknown (0) are: trades that are complex, late or crosses, as no rule reads those better than chance; trades whose contract's
 * last quote strictly before them is missing, crossed, locked, older than 5 s or wider than the larger of $0.30 and a quarter of
 * its middle; and what the mode's rules leave open. The tick test looks at the regular trades of the same contract in the last
 * 60 s. Nothing later than a trade enters its side.
 *
 * @throws DATA_INVALID when times do not ascend or a contract does not exist
 * @see C. Grauer, P. Schuster and M. Uhrig-Homburg, "Option trade classification" (2023), for how often such rules are right
 */
export function signTrades(tape: OptionTape, mode: SigningMode = "lee_ready", limits: QuoteLimits = QUOTE_LIMITS): SignedTrades {
  checkTape(tape);
  const { trades, quotes } = tape;
  const sides = new Int8Array(trades.length);
  const quoteOf = new Int32Array(tape.strike.length).fill(-1);
  const ticks = createTickTest(tape.strike.length);
  let total = 0;
  let classified = 0;
  let outside = 0;
  let next = 0;
  for (let i = 0; i < trades.length; i++) {
    const ts = trades.ts[i]!;
    const contract = trades.contract[i]!;
    const price = trades.price[i]!;
    const size = trades.size[i]!;
    while (next < quotes.length && quotes.ts[next]! < ts) {
      quoteOf[quotes.contract[next]!] = next;
      next++;
    }
    if (size > 0) total += size;
    if (trades.kind[i] !== REGULAR || !(price > 0 && size > 0)) continue;

    const tick = ticks.sideOf(contract, price, ts);
    ticks.remember(contract, price, ts);
    if (mode === "tick") {
      sides[i] = tick;
    } else {
      const quote = quoteOf[contract]!;
      if (quote < 0) continue;
      const bid = quotes.bid[quote]!;
      const ask = quotes.ask[quote]!;
      if (quoteFault(bid, ask, ts - quotes.ts[quote]!, limits) !== null) continue;
      sides[i] = sideAtQuote(mode, price, bid, ask, tick);
      if (price > ask + PRICE_TOLERANCE || price < bid - PRICE_TOLERANCE) outside += size;
    }
    if (sides[i] !== 0) classified += size;
  }
  return { sides, classifiedShare: classified / total, outsideQuoteShare: outside / total };
}

function sideAtQuote(mode: SigningMode, price: number, bid: number, ask: number, tick: number): number {
  if (mode === "emo") {
    if (Math.abs(price - ask) <= PRICE_TOLERANCE) return 1;
    return Math.abs(price - bid) <= PRICE_TOLERANCE ? -1 : tick;
  }
  const fromMiddle = price - 0.5 * (bid + ask);
  if (fromMiddle > PRICE_TOLERANCE) return 1;
  if (fromMiddle < -PRICE_TOLERANCE) return -1;
  return mode === "lee_ready" ? tick : 0;
}
