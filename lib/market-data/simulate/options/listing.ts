import { NYSE } from "../../../core/calendar.ts";
import { createKeyedRng, type KeyedRng } from "../../../core/rng.ts";
import type { DateNumber } from "../../../core/time.ts";
import { segmentsOf } from "../market/intraday-shape.ts";
import { minutesOf } from "../market/market-path.ts";
import { rawCloseOf, sessionPosition, toCents } from "../market/price-path.ts";
import { type Expiry, expiryOn, strikesAround, withStrikes } from "./expiries.ts";
import type { Underlying } from "./underlying.ts";

/**
 * The contracts of one expiry in one session: calls by strike, then puts by strike. A contract's random stream belongs to its
 * strike and right, so that which other contracts are listed changes nothing for it.
 */
export interface Listing {
  /** Position of the session in the underlying's path. */
  readonly session: number;
  readonly date: DateNumber;
  readonly expiry: Expiry;
  /** Sessions from this one to the expiry, 0 on its day. */
  readonly sessionsLeft: number;
  readonly strikes: Float64Array;
  /** Streams of this session and expiry. */
  readonly rng: KeyedRng;
}

/**
 * What is listed of one expiry in one session.
 *
 * @param perSide - strikes on each side of the previous close, as `strikesAround`
 * @returns undefined when the session is none of the path's or the expiry is not listed in it
 */
export function listingOf(underlying: Underlying, perSide: number, date: DateNumber, expiryDate: DateNumber): Listing | undefined {
  const session = sessionPosition(underlying.path, date);
  const expiry = expiryOn(expiryDate, underlying.expiries);
  if (session < 0 || expiry === undefined || expiry.listedFrom > date || expiryDate < date) return undefined;
  let strikes: Float64Array = new Float64Array(0);
  const sessionsLeft = sessionsBetween(date, expiryDate);
  for (let t = Math.max(session - sessionsBetween(expiry.listedFrom, date), 0); t <= session; t++)
    strikes = withStrikes(strikes, strikesAround(closeBefore(underlying, t), expiry.kind, sessionsLeft + session - t, perSide));
  return { session, date, expiry, sessionsLeft, strikes, rng: contractStreams(underlying, date, expiryDate) };
}

/** Streams of one session's contracts of one expiry. */
export function contractStreams({ seed, key }: Underlying, date: DateNumber, expiry: DateNumber): KeyedRng {
  return createKeyedRng(`simulated-options:${seed}:${key}:${date}:${expiry}`);
}

/** Sessions from one session to a later one. */
export const sessionsBetween = (from: DateNumber, to: DateNumber): number => NYSE.sessionIndex(to) - NYSE.sessionIndex(from);

/** Raw close before a session; before the first one its open, which is where listing begins. US dollars. */
export function closeBefore({ path }: Underlying, session: number): number {
  return session > 0 ? rawCloseOf(path, session - 1) : toCents(path.pieces.open[0]! + path.logScale[0]!);
}

/** 1 = call, -1 = put, of a contract's index in its listing. */
export const rightOf = ({ strikes }: Listing, contract: number): 1 | -1 => (contract < strikes.length ? 1 : -1);

export const strikeOf = ({ strikes }: Listing, contract: number): number => strikes[contract % strikes.length]!;

/** Tells a contract's streams apart: strikes are multiples of half a dollar. */
export function contractKey(listing: Listing, contract: number): number {
  return 4 * strikeOf(listing, contract) + (rightOf(listing, contract) === 1 ? 0 : 1);
}

/** How many half hours a session has. */
export const segmentCountOf = (date: DateNumber): number => segmentsOf(minutesOf(date)).length;
