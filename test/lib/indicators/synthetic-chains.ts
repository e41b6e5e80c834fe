import { NYSE } from "#lib/core/calendar.ts";
import type { OptionChain, OptionRight } from "#lib/core/option-data.ts";
import type { Rng } from "#lib/core/rng.ts";
import { dateOfDayNumber, dayNumberOf, dayOfWeekOf } from "#lib/core/time.ts";
import { blackScholes } from "#lib/options/black-scholes.ts";
import { yearsToExpiry } from "#lib/options/expiry-time.ts";
import type { Origin } from "./series.ts";

/** What the underlying did in one session: raw prices at the moments at which a snapshot is taken. */
export interface SessionPath {
  readonly date: number;
  readonly moments: readonly { readonly at: number; readonly price: number }[];
}

const HOUR = 3_600_000;
const STRIKES_EACH_SIDE = 8;

/**
 * Seeded chains: each session the morning's open interest an hour before the open, and the market at the given moments. Puts are
 * open below the underlying, calls above, so that gamma exposure has a flip. In a rough market snapshots are missing, late, junk
 * or damaged in every way that the checks know, and some carry quotes only.
 */
export function syntheticChains(sessions: readonly SessionPath[], kind: Origin["kind"], rng: Rng): OptionChain[] {
  const chains: OptionChain[] = [];
  let level = 0;
  for (const { date, moments } of sessions) {
    level = kind === "flat" ? 0 : 0.95 * level + 0.05 * rng.normal();
    const missing = kind === "rough" && rng.int(100) < 4;
    const listed = listContracts(date, moments[0]!.price, kind, rng);
    const quotesOnly = kind === "rough" && rng.int(100) < 15;
    if (missing) continue;
    const open = NYSE.openOf(date);
    const close = NYSE.closeOf(date);
    chains.push(morningOf(listed, date, open - HOUR));
    moments.forEach(({ at, price }, k) => {
      if (kind === "rough" && rng.int(100) < 6) return;
      const late = kind === "rough" && rng.int(100) < 15 ? 60_000 * (1 + rng.int(20)) : 0;
      const passed = Math.max(0.05, (at - open) / (close - open));
      const chain = marketOf(
        listed,
        { date, at, knownAt: at + late, price, passed, level, quotesOnly, last: k === moments.length - 1 },
        kind,
        rng,
      );
      chains.push(kind === "rough" ? damaged(chain, rng) : chain);
    });
  }
  return chains.sort((a, b) => a.knownAt - b.knownAt);
}

interface Listed {
  readonly strike: Float64Array;
  readonly expiry: Float64Array;
  readonly right: Int8Array;
  readonly openInterest: Float64Array;
  /** Contracts that trade in the whole session. */
  readonly turnover: Float64Array;
}

function listContracts(date: number, price: number, kind: Origin["kind"], rng: Rng): Listed {
  const contracts: { strike: number; expiry: number; right: OptionRight; open: number; turnover: number }[] = [];
  for (const expiry of expiriesFrom(date)) {
    const years = Math.max(1 / 365, (dayNumberOf(expiry) - dayNumberOf(date)) / 365);
    const step = Math.max(0.015, 0.09 * Math.sqrt(years));
    for (let j = -STRIKES_EACH_SIDE; j <= STRIKES_EACH_SIDE; j++)
      for (const right of [1, -1] as const) {
        const size = Math.exp(-Math.abs(j) / 4) * (j * right >= 0 ? 3 : 0.6);
        const open = kind === "flat" ? Math.round(500 * size) : Math.floor(1000 * size * (0.2 + rng.uniform()));
        const turnover = kind === "flat" ? open : Math.floor(open * 4 * rng.uniform() ** 2) + 5;
        contracts.push({ strike: price * (1 + step * (j + 0.3)), expiry, right, open, turnover });
      }
  }
  return {
    strike: Float64Array.from(contracts, ({ strike }) => strike),
    expiry: Float64Array.from(contracts, ({ expiry }) => expiry),
    right: Int8Array.from(contracts, ({ right }) => right),
    openInterest: Float64Array.from(contracts, ({ open }) => open),
    turnover: Float64Array.from(contracts, ({ turnover }) => turnover),
  };
}

/** The session's own, the next one, next week's Friday, and the third Fridays one, two and five months on. */
function expiriesFrom(date: number): number[] {
  const day = dayNumberOf(date);
  const friday = day + 4 - dayOfWeekOf(date) + 7;
  const [year, month] = [Math.floor(date / 10_000), Math.floor(date / 100) % 100];
  const thirdFriday = (months: number): number => {
    const index = month - 1 + months;
    const first = (year + Math.floor(index / 12)) * 10_000 + ((index % 12) + 1) * 100 + 1;
    return dayNumberOf(first) + ((4 - dayOfWeekOf(first) + 7) % 7) + 14;
  };
  const dates = [date, NYSE.nextSession(date), ...[friday, thirdFriday(1), thirdFriday(2), thirdFriday(5)].map(dateOfDayNumber)];
  return [...new Set(dates.map((expiry) => (NYSE.isSession(expiry) ? expiry : NYSE.previousSession(expiry))))].sort((a, b) => a - b);
}

const UNKNOWN = new Map<number, Float64Array>();
function unknown(length: number): Float64Array {
  const column = UNKNOWN.get(length) ?? new Float64Array(length).fill(Number.NaN);
  UNKNOWN.set(length, column);
  return column;
}

function morningOf(listed: Listed, sessionDate: number, knownAt: number): OptionChain {
  const { strike, expiry, right, openInterest } = listed;
  const none = unknown(strike.length);
  const nothing = { bid: none, ask: none, last: none, volume: none, iv: none, delta: none, gamma: none, theta: none, vega: none };
  const length = strike.length;
  return { underlying: "SPY", sessionDate, knownAt, underlyingPrice: Number.NaN, length, strike, expiry, right, openInterest, ...nothing };
}

interface Moment {
  readonly date: number;
  /** When the market stood like this, and when that was known. */
  readonly at: number;
  readonly knownAt: number;
  readonly price: number;
  /** Share of the session that had passed. */
  readonly passed: number;
  /** Of volatility, log. */
  readonly level: number;
  readonly quotesOnly: boolean;
  readonly last: boolean;
}

function marketOf(listed: Listed, moment: Moment, kind: Origin["kind"], rng: Rng): OptionChain {
  const { strike, expiry, right, openInterest, turnover } = listed;
  const { price, at, passed } = moment;
  const { length } = strike;
  const column = (): Float64Array => new Float64Array(length).fill(Number.NaN);
  const [bid, ask, iv, delta, gamma, theta, vega] = [column(), column(), column(), column(), column(), column(), column()] as const;
  const base = 0.2 * Math.exp(moment.level);
  for (let i = 0; i < length; i++) {
    const years = yearsToExpiry(at, expiry[i]!);
    if (years === 0) continue;
    const distance = Math.max(-2, Math.min(2, Math.log(strike[i]! / price) / 0.1));
    const volatility = kind === "flat" ? 0.2 : base * (1 - 0.15 * distance + 0.05 * distance * distance);
    const spec = { underlying: price, strike: strike[i]!, years, rate: 0, volatility, dividendYield: 0, right: right[i] as OptionRight };
    const value = blackScholes(spec);
    const half = 0.004 * value.price;
    bid[i] = value.price - half;
    ask[i] = value.price + half;
    if (moment.quotesOnly) continue;
    iv[i] = kind === "flat" ? volatility : volatility * (1 + 0.002 * rng.normal());
    delta[i] = value.delta;
    gamma[i] = value.gamma;
    theta[i] = value.theta / 365;
    vega[i] = value.vega / 100;
  }
  return {
    underlying: "SPY",
    sessionDate: moment.date,
    knownAt: moment.knownAt,
    underlyingPrice: price,
    length,
    strike,
    expiry,
    right,
    bid,
    ask,
    last: unknown(length),
    volume: turnover.map((contracts) => Math.floor(contracts * passed)),
    openInterest,
    iv,
    delta,
    gamma,
    theta,
    vega,
  };
}

/** One fault in one snapshot of three, small or total. */
function damaged(chain: OptionChain, rng: Rng): OptionChain {
  const some = (column: Float64Array, value: (old: number) => number, percent = 20): Float64Array =>
    column.map((old) => (rng.int(100) < percent ? value(old) : old));
  switch (rng.int(36)) {
    case 0:
      return {
        ...chain,
        ...Object.fromEntries(
          ["bid", "ask", "volume", "openInterest", "iv", "gamma"].map((name) => [name, new Float64Array(chain.length)]),
        ),
      };
    case 1:
      return { ...chain, underlyingPrice: 0 };
    case 2:
      return { ...chain, underlyingPrice: Number.NaN };
    case 3:
      return { ...chain, openInterest: some(chain.openInterest, (old) => -old, 2) };
    case 4:
      return { ...chain, volume: some(chain.volume, () => -1, 2) };
    case 5:
      return { ...chain, expiry: some(chain.expiry, () => Number.NaN, 2) };
    case 6:
      return { ...chain, strike: chain.strike.map((strike, i) => (i === 5 ? chain.strike[7]! : strike)) };
    case 7:
      return { ...chain, bid: some(chain.bid, (old) => old * 1.2) };
    case 8:
      return { ...chain, bid: some(chain.bid, () => 0), ask: some(chain.ask, () => Number.NaN) };
    case 9:
      return { ...chain, iv: some(chain.iv, () => 0), gamma: some(chain.gamma, () => 0) };
    case 10:
      return { ...chain, iv: some(chain.iv, (old) => old * 6, 3) };
    case 11:
      return { ...chain, iv: some(chain.iv, (old) => old * 6, 90) };
    case 12:
      return { ...chain, openInterest: some(chain.openInterest, () => Number.NaN, 60), gamma: unknown(chain.length) };
    case 13:
      return { ...chain, openInterest: unknown(chain.length) };
    case 14:
      return {
        ...chain,
        volume: unknown(chain.length),
        iv: some(chain.iv, () => Number.NaN, 70),
        gamma: some(chain.gamma, () => Number.NaN, 70),
      };
    case 15:
      return { ...chain, underlyingPrice: chain.underlyingPrice * 1.5 };
    default:
      return chain;
  }
}
