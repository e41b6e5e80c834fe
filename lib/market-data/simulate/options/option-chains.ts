import type { Cadence } from "../../../core/bars.ts";
import { NYSE } from "../../../core/calendar.ts";
import type { OptionChain } from "../../../core/option-data.ts";
import { barEndOf, barStartsOf } from "../../../core/session.ts";
import type { DateNumber } from "../../../core/time.ts";
import { SigmaError } from "../../../errors/sigma-error.ts";
import { SEGMENT_MINUTES, segmentsOf } from "../market/intraday-shape.ts";
import { minutesOf } from "../market/market-path.ts";
import { sessionPosition, toCents } from "../market/price-path.ts";
import { emptyMarket, priceContracts, type QuotedContracts } from "./chain-quotes.ts";
import { listedExpiries } from "./expiries.ts";
import type { Listing } from "./listing.ts";
import { createContractBook } from "./open-interest.ts";
import { spotAtHalfHour, type Underlying } from "./underlying.ts";
import { drawVolumes, minuteVolumes } from "./volume.ts";

/** Chains of some sessions (half-open positions in the underlying's path). */
export interface ChainsOrder {
  readonly underlying: Underlying;
  /** Strikes on each side of the previous close. */
  readonly perSide: number;
  readonly from: number;
  readonly to: number;
  readonly cadence: Cadence;
}

/** About 100 bytes each. */
const MAX_CONTRACT_ROWS = 4_000_000;

/**
 * Each session's open interest as of its open, without quotes, then the market at the end of each bar of the cadence: quotes,
 * volume so far, volatility and greeks that agree with each other by Black-Scholes. The last trade's price is not in a chain: it is
 * NaN.
 *
 * Open interest follows from the volume of every session since a contract was listed, so the sessions before are gone through.
 *
 * @throws INVALID_PARAM when the window holds more contracts than memory should
 */
export function simulateChains({ underlying, perSide, from, to, cadence }: ChainsOrder): OptionChain[] {
  const { path, expiries: rule } = underlying;
  const chains: OptionChain[] = [];
  const book = createContractBook(underlying, perSide);
  for (let t = firstListing(underlying, from); t < to; t++) {
    const date = path.sessions[t]!;
    const expiries = listedExpiries(date, rule);
    const opened = expiries.map((expiry) => book.open(t, date, expiry));
    const listings = opened.map(({ listing }) => listing);
    const volumes = volumesOf(underlying, listings);
    if (t >= from) {
      const session = { underlying, date, listings, volumes, openInterest: joined(opened.map((one) => one.openInterest)) };
      if (t === from) refuseTooMany(underlying.symbol, cadence, to - from, session.openInterest.length * barStartsOf(date, cadence).length);
      for (const chain of chainsOfSession(session, cadence)) chains.push(chain);
    }
    const segments = segmentsOf(minutesOf(date)).length;
    for (const [i, listing] of listings.entries()) book.close(listing, bySession(volumes[i]!, segments));
  }
  return chains;
}

/** The session from which every expiry that is listed at a session has been listed. */
function firstListing({ path, expiries }: Underlying, session: number): number {
  const first = Math.min(...listedExpiries(path.sessions[session]!, expiries).map(({ listedFrom }) => listedFrom));
  return Math.max(0, first <= path.sessions[0]! ? 0 : sessionPosition(path, first));
}

/** Contracts traded by expiry, contract and half hour. */
function volumesOf(underlying: Underlying, listings: readonly Listing[]): Int32Array[] {
  const { session, date } = listings[0]!;
  const segments = segmentsOf(minutesOf(date));
  const dates = listings.map(({ expiry }) => expiry.date);
  const thetas = listings.map(() => new Float64Array(segments.length));
  const now = new Float64Array(listings.length);
  for (const [g, { from }] of segments.entries()) {
    underlying.variances(session, from, dates, now);
    for (let i = 0; i < listings.length; i++) thetas[i]![g] = now[i]!;
  }
  return listings.map((listing, i) => drawVolumes(underlying, listing, thetas[i]!));
}

interface ChainSession {
  readonly underlying: Underlying;
  readonly date: DateNumber;
  readonly listings: readonly Listing[];
  readonly volumes: readonly Int32Array[];
  readonly openInterest: Float64Array;
}

function* chainsOfSession(session: ChainSession, cadence: Cadence): Generator<OptionChain> {
  const { underlying, date, listings, openInterest } = session;
  const open = NYSE.openOf(date);
  const length = openInterest.length;
  const contracts = { strike: new Float64Array(length), expiry: new Float64Array(length), right: new Int8Array(length) };
  let row = 0;
  for (const { strikes, expiry } of listings) {
    contracts.strike.set(strikes, row);
    contracts.strike.set(strikes, row + strikes.length);
    contracts.expiry.fill(expiry.date, row, row + 2 * strikes.length);
    contracts.right.fill(1, row, row + strikes.length).fill(-1, row + strikes.length, row + 2 * strikes.length);
    row += 2 * strikes.length;
  }
  const common = { underlying: underlying.symbol, sessionDate: date, length, ...contracts, openInterest };
  yield { ...common, knownAt: open, underlyingPrice: Number.NaN, ...emptyMarket(length) };

  const tally = createTally(session);
  for (const start of barStartsOf(date, cadence)) {
    const knownAt = barEndOf(start, cadence);
    const minute = (knownAt - open) / 60_000;
    const spot = spotAt(session, minute);
    const quotes: QuotedContracts = priceContracts(underlying, listings, { minute, knownAt, spot }, length);
    yield { ...common, knownAt, underlyingPrice: spot, volume: tally(minute), ...quotes };
  }
}

/** Raw price of the last trade before a minute, US dollars. */
function spotAt({ underlying, listings }: ChainSession, minute: number): number {
  const { session } = listings[0]!;
  const { path } = underlying;
  if (minute % SEGMENT_MINUTES === 0) return spotAtHalfHour(path, session, minute);
  return toCents(underlying.minutes(session).close[minute - 1]! + path.logScale[session]!);
}

/** Contracts traded until a minute, by contract over all expiries; minutes are asked for in order. */
function createTally({ date, listings, volumes }: ChainSession): (minute: number) => Float64Array {
  const minutes = minutesOf(date);
  const segments = segmentsOf(minutes);
  const byMinute = new Map<number, Int32Array>();
  const spread = (i: number): Int32Array => {
    const known = byMinute.get(i) ?? minuteVolumes(listings[i]!, volumes[i]!);
    byMinute.set(i, known);
    return known;
  };
  return (minute) => {
    const whole = segments.filter(({ to }) => to <= minute).length;
    const parts = listings.map(({ strikes }, i) => {
      const out = bySession(volumes[i]!, segments.length, whole);
      const from = segments[whole]?.from ?? minutes;
      if (from < minute) {
        const spreadOut = spread(i);
        for (let c = 0; c < 2 * strikes.length; c++) for (let m = from; m < minute; m++) out[c]! += spreadOut[c * minutes + m]!;
      }
      return out;
    });
    return joined(parts);
  };
}

/** Sums over the first half hours of a session, by contract. */
function bySession(volumes: Int32Array, segments: number, count = segments): Float64Array {
  const out = new Float64Array(volumes.length / segments);
  for (let c = 0; c < out.length; c++) for (let g = 0; g < count; g++) out[c]! += volumes[c * segments + g]!;
  return out;
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** @param perSession - rows of the first session; the others have about as many */
function refuseTooMany(symbol: string, cadence: Cadence, sessions: number, perSession: number): void {
  const most = Math.floor(MAX_CONTRACT_ROWS / perSession);
  if (sessions <= most) return;
  const issue = `must hold at most "${most}" sessions of ${cadence} chains of "${symbol}"`;
  throw new SigmaError(
    "INVALID_PARAM",
    `window ${issue}; found "${sessions}". Ask for a shorter window or a larger cadence.`,
    { field: "window", sessions, most },
    { fieldErrors: [{ path: "window", issue }] },
  );
}
