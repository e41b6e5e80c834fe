import type { Cadence } from "../../core/bars.ts";
import type { OptionBars, OptionChain, OptionRight } from "../../core/option-data.ts";
import { BAR_MS, barEndOf, barStartsOf } from "../../core/session.ts";

/** One contract as its trades tell it so far. */
interface Told {
  readonly strike: number;
  readonly right: OptionRight;
  last: number;
  volume: number;
}

/**
 * What the minute bars of a session say of its contracts at the end of each bar of a cadence: the last price and the volume so far
 * of those that have traded by then. A minute counts once it is over. Quotes, open interest, volatilities, greeks and the
 * underlying's price are unknown (NaN).
 *
 * @returns snapshots in order of time, contracts by strike, puts first; none for the end of a bar before the first trade
 */
export function sameDaySnapshots(bars: OptionBars, cadence: Cadence): OptionChain[] {
  const { sessionDate } = bars;
  const byContract = new Map<number, Told>();
  const snapshots: OptionChain[] = [];
  let next = 0;
  for (const start of barStartsOf(sessionDate, cadence)) {
    const knownAt = barEndOf(start, cadence);
    for (; next < bars.length && bars.start[next]! + BAR_MS["1m"] <= knownAt; next++) tell(byContract, bars, next);
    if (byContract.size > 0) snapshots.push(snapshotOf(bars, knownAt, [...byContract.values()]));
  }
  return snapshots;
}

function tell(byContract: Map<number, Told>, { strike, right, close, volume }: OptionBars, i: number): void {
  // A price is positive, so its sign can carry the right.
  const key = strike[i]! * right[i]!;
  const told = byContract.get(key);
  if (told === undefined) {
    byContract.set(key, { strike: strike[i]!, right: right[i]! as OptionRight, last: close[i]!, volume: volume[i]! });
    return;
  }
  told.last = close[i]!;
  told.volume += volume[i]!;
}

function snapshotOf({ underlying, sessionDate, expiry }: OptionBars, knownAt: number, told: readonly Told[]): OptionChain {
  const contracts = told.toSorted((a, b) => a.strike - b.strike || a.right - b.right);
  const { length } = contracts;
  const unknown = (): Float64Array => new Float64Array(length).fill(Number.NaN);
  return {
    underlying,
    sessionDate,
    knownAt,
    underlyingPrice: Number.NaN,
    length,
    strike: Float64Array.from(contracts, ({ strike }) => strike),
    expiry: new Float64Array(length).fill(expiry),
    right: Int8Array.from(contracts, ({ right }) => right),
    bid: unknown(),
    ask: unknown(),
    last: Float64Array.from(contracts, ({ last }) => last),
    volume: Float64Array.from(contracts, ({ volume }) => volume),
    openInterest: unknown(),
    iv: unknown(),
    delta: unknown(),
    gamma: unknown(),
    theta: unknown(),
    vega: unknown(),
  };
}
