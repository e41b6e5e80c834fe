import type { DateNumber } from "../../../core/time.ts";
import { SEGMENT_MINUTES } from "../market/intraday-shape.ts";
import type { MarketSpec } from "../market/market.schema.ts";
import { minutesOf } from "../market/market-path.ts";
import type { MinutePath } from "../market/minute-path.ts";
import type { Listing } from "./listing.ts";
import { createQuoter, type Quoter } from "./quotes.ts";
import { simulateSeconds } from "./seconds.ts";
import { createTradeDesk, type TradeDesk } from "./trades.ts";
import type { Underlying } from "./underlying.ts";
import { drawVolumes, minuteVolumes } from "./volume.ts";

/** One expiry's contracts in one session, ready to quote and to trade. */
export interface Board {
  readonly listing: Listing;
  readonly minutes: number;
  /** Contracts traded, `contract x minutes + minute`. */
  readonly volumes: Int32Array;
  readonly quoter: Quoter;
  readonly desk: TradeDesk;
}

/** What all expiries of a session share. */
export interface SessionPrices {
  readonly minutes: MinutePath;
  /** Raw prices at every ten seconds, US dollars. */
  readonly spots: Float64Array;
  readonly lean: Float64Array;
}

export function sessionPricesOf(underlying: Underlying, spec: MarketSpec, session: number): SessionPrices {
  const { path, key } = underlying;
  const minutes = underlying.minutes(session);
  const spots = simulateSeconds({ seed: underlying.seed, key, date: path.sessions[session]!, minutes, logScale: path.logScale[session]! });
  return { minutes, spots, lean: leanOf(underlying, spec, session, minutes) };
}

export function openBoard(underlying: Underlying, spec: MarketSpec, listing: Listing, prices: SessionPrices): Board {
  const minutes = minutesOf(listing.date);
  const thetas = thetasOf(
    underlying,
    listing,
    Array.from({ length: minutes + 1 }, (_, minute) => minute),
  );
  const quoter = createQuoter(underlying, listing, prices.spots, thetas);
  const starts = thetas.filter((_, minute) => minute < minutes && minute % SEGMENT_MINUTES === 0);
  return {
    listing,
    minutes,
    volumes: minuteVolumes(listing, drawVolumes(underlying, listing, starts)),
    quoter,
    desk: createTradeDesk(listing, spec, quoter, prices.lean),
  };
}

/** Total variance at the money from each of some minutes to the listing's expiry. */
function thetasOf(underlying: Underlying, { session, expiry }: Listing, minutes: readonly number[]): Float64Array {
  const expiries: DateNumber[] = [expiry.date];
  const one = new Float64Array(1);
  return Float64Array.from(minutes, (minute) => {
    underlying.variances(session, minute, expiries, one);
    return one[0]!;
  });
}

const RECENT_MINUTES = 5;

/** What moves the takers' side in each minute: the half hour's demand, and the return of the last minutes times the reaction. */
function leanOf(underlying: Underlying, spec: MarketSpec, session: number, minutes: MinutePath): Float64Array {
  const { path } = underlying;
  const lean = new Float64Array(minutes.length);
  let p = path.firstPiece[session]!;
  for (let m = 0; m < minutes.length; m++) {
    while (path.pieces.toMinute[p]! <= m) p += 1;
    const perMinute = path.pieces.deviation[p]! / Math.sqrt(path.pieces.toMinute[p]! - path.pieces.fromMinute[p]!);
    const since = Math.max(0, m - RECENT_MINUTES);
    const moved = m === 0 ? 0 : (minutes.close[m - 1]! - minutes.open[since]!) / (perMinute * Math.sqrt(m - since));
    lean[m] = underlying.demand(session, Math.floor(m / SEGMENT_MINUTES)) + spec.flow.reaction * moved;
  }
  return lean;
}
