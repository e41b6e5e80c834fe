import { NYSE } from "../../../core/calendar.ts";
import { bsmPrice } from "../../../options/bsm-kernel.ts";
import { yearsToExpiry } from "../../../options/expiry-time.ts";
import { type Listing, rightOf, strikeOf } from "./listing.ts";
import { SLOT_MS, SLOTS_PER_MINUTE } from "./seconds.ts";
import { impliedVolatility } from "./surface.ts";
import type { Underlying } from "./underlying.ts";

/** Width of a quote: a part that is always there and a part of the price. US dollars. */
const WIDTH_USD = 0.004;
const WIDTH_SHARE = 0.006;
/** Options of at least this price may have the dear tick. */
const DEAR_CENTS = 300;

/** What is the same for all quotes of a session. */
export interface QuoteWidth {
  /** Multiplies the width. */
  readonly factor: number;
  readonly dearTickCents: 1 | 5;
}

/** Quotes are wide at the open, and when volatility is high. */
export function quoteWidthOf(underlying: Underlying, session: number, minute: number): QuoteWidth {
  const volatility = Math.exp(0.4 * Math.min(Math.max(underlying.activity(session), -1), 1.5));
  const opening = minute < 5 ? 2 : minute < 30 ? 1.3 : 1;
  return { factor: underlying.spreadFactor * volatility * opening, dearTickCents: underlying.dearTickCents };
}

/**
 * Bid and ask around a price, outwards to the tick: at least the width apart, so that no combination of them pays for sure what the
 * prices themselves do not. Written to `out` in whole cents, the bid first; a bid of 0 is no bid.
 */
export function quoteAround(price: number, { factor, dearTickCents }: QuoteWidth, out: Int32Array): void {
  const half = 50 * factor * (WIDTH_USD + WIDTH_SHARE * price);
  const cents = price * 100;
  const tick = cents >= DEAR_CENTS ? dearTickCents : 1;
  out[0] = Math.max(0, Math.floor((cents - half) / tick) * tick);
  out[1] = Math.max(tick, Math.ceil((cents + half) / tick) * tick);
}

/** Quotes of one expiry's contracts at any ten seconds of a session. */
export interface Quoter {
  /** Writes bid and ask in cents, as `quoteAround`. @param slot - ten seconds since the session's open */
  quote(contract: number, slot: number, out: Int32Array): void;
}

/**
 * @param spots - raw prices at every ten seconds
 * @param thetas - total variance at the money from each minute's start to the expiry, one more than minutes: the last at the close
 */
export function createQuoter(underlying: Underlying, listing: Listing, spots: Float64Array, thetas: Float64Array): Quoter {
  const { quoting } = underlying;
  const open = NYSE.openOf(listing.date);
  let current = -1;
  let theta = Number.NaN;
  let years = Number.NaN;
  let width: QuoteWidth = quoteWidthOf(underlying, listing.session, 0);
  const moveTo = (slot: number): void => {
    const m = Math.floor(slot / SLOTS_PER_MINUTE);
    const share = (slot % SLOTS_PER_MINUTE) / SLOTS_PER_MINUTE;
    theta = (1 - share) * thetas[m]! + share * thetas[m + 1]!;
    years = yearsToExpiry(open + slot * SLOT_MS, listing.expiry.date);
    width = quoteWidthOf(underlying, listing.session, m);
    current = slot;
  };
  return {
    quote(contract, slot, out) {
      if (slot !== current) moveTo(slot);
      const strike = strikeOf(listing, contract);
      const spot = spots[slot]!;
      const volatility = impliedVolatility(spot, strike, years, theta, quoting);
      const price = bsmPrice(spot, strike, years, quoting.rate, volatility, quoting.dividendYield, rightOf(listing, contract));
      quoteAround(price, width, out);
    },
  };
}
