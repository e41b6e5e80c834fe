import type { DateNumber } from "../../../core/time.ts";
import { type Expiry, strikesAround, withStrikes } from "./expiries.ts";
import { closeBefore, contractKey, contractStreams, type Listing, sessionsBetween } from "./listing.ts";
import type { Underlying } from "./underlying.ts";
import { STREAM } from "./volume.ts";

/** What is listed and open, session by session. Sessions are opened in order; the first one must list every expiry that matters anew. */
export interface ContractBook {
  /** The contracts of an expiry in a session, and what of them is open in the morning: by contract, as the listing has them. */
  open(session: number, date: DateNumber, expiry: Expiry): { readonly listing: Listing; readonly openInterest: Float64Array };
  /** Adds a session's trades: the next morning knows what they left. @param volumes - of the session, by contract */
  close(listing: Listing, volumes: ArrayLike<number>): void;
}

/** Share of a session's volume by which open interest changes, from and to: contracts are opened first, and closed near expiry. */
const FAR_CHANGE = [-0.2, 0.5] as const;
const NEAR_CHANGE = [-0.4, 0.35] as const;

interface Open {
  strikes: Float64Array;
  /** By contract: calls by strike, then puts. */
  interest: Float64Array;
}

export function createContractBook(underlying: Underlying, perSide: number): ContractBook {
  const byExpiry = new Map<DateNumber, Open>();
  return {
    open(session, date, expiry) {
      const known = byExpiry.get(expiry.date) ?? { strikes: new Float64Array(0), interest: new Float64Array(0) };
      const sessionsLeft = sessionsBetween(date, expiry.date);
      const strikes = withStrikes(known.strikes, strikesAround(closeBefore(underlying, session), expiry.kind, sessionsLeft, perSide));
      const now = strikes === known.strikes ? known : { strikes, interest: moved(known, strikes) };
      byExpiry.set(expiry.date, now);
      const listing = { session, date, expiry, sessionsLeft, strikes, rng: contractStreams(underlying, date, expiry.date) };
      return { listing, openInterest: now.interest };
    },
    close(listing, volumes) {
      const { expiry, sessionsLeft, rng } = listing;
      if (sessionsLeft === 0) {
        byExpiry.delete(expiry.date);
        return;
      }
      const [least, most] = sessionsLeft <= 1 ? NEAR_CHANGE : FAR_CHANGE;
      const open = byExpiry.get(expiry.date)!;
      // A new array: the morning's stands in the chains of this session.
      open.interest = open.interest.map((interest, contract) => {
        if (volumes[contract] === 0) return interest;
        rng.seek(contractKey(listing, contract), STREAM.openInterest);
        return Math.max(0, interest + Math.trunc(volumes[contract]! * (least + (most - least) * rng.uniform())));
      });
    },
  };
}

/** Open interest by contract of a longer list of strikes: 0 for new ones. */
function moved({ strikes: old, interest }: Open, strikes: Float64Array): Float64Array {
  const out = new Float64Array(2 * strikes.length);
  for (let from = 0, to = 0; from < old.length; from++) {
    while (strikes[to] !== old[from]) to += 1;
    out[to] = interest[from]!;
    out[strikes.length + to] = interest[old.length + from]!;
  }
  return out;
}
