import { NYSE } from "#lib/core/calendar.ts";
import { createKeyedRng } from "#lib/core/rng.ts";
import { type DateNumber, dateOfDayNumber, dayNumberOf, dayOfWeekOf } from "#lib/core/time.ts";
import { bsmPrice } from "#lib/options/bsm-kernel.ts";

/** One bar as a vendor would have it, prices raw; `t` is its start, UTC milliseconds. */
export interface VendorBar {
  readonly t: number;
  readonly o: number;
  readonly h: number;
  readonly l: number;
  readonly c: number;
  readonly v: number;
  readonly vw: number;
  /** Trades. */
  readonly n: number;
}

export interface SpyContract {
  readonly right: "call" | "put";
  readonly strike: number;
  readonly expiry: DateNumber;
}

/** An invented market with SPY's calendar, price level, strikes and expiries. Equal questions have equal answers. */
export interface SpyMarket {
  readonly first: DateNumber;
  readonly last: DateNumber;
  /** Sessions of the market between two dates, both included. */
  sessions(first: DateNumber, last: DateNumber): DateNumber[];
  /** Bars of so many minutes, extended hours included, as the vendor has them. */
  minutes(session: DateNumber, size: number): VendorBar[];
  day(session: DateNumber): VendorBar;
  /** Contracts that were listed on a date, with expiries between two dates, both included; by expiry, calls first, then strike. */
  contracts(asOf: DateNumber, firstExpiry: DateNumber, lastExpiry: DateNumber): SpyContract[];
  /** Minutes in which a contract traded. */
  optionMinutes(contract: SpyContract, session: DateNumber): VendorBar[];
  /** Undefined for a session without a trade. */
  optionDay(contract: SpyContract, session: DateNumber): VendorBar | undefined;
}

const MINUTE_MS = 60_000;
const YEAR_MINUTES = 365 * 24 * 60;
/** A year, of the prices of options; the underlying moves by as much over its sessions. */
const VOLATILITY = 0.13;
const SESSION_MINUTES = 390;
const MINUTE_DEVIATION = VOLATILITY / Math.sqrt(252 * SESSION_MINUTES);
const START_PRICE = 410;
/** Every session's expiry is listed so many sessions before; Fridays' are listed earlier. */
const DAILY_LISTED = 10;
const WEEKLY_LISTED_DAYS = 30;
/** Strikes a dollar apart on each side of the close before. */
const STRIKES_PER_SIDE = 8;
/** Bars before the open and after the close. */
const EXTENDED_MINUTES = 30;
const FRIDAY = 4;

const cents = (price: number): number => Math.round(price * 100) / 100;
const places = (price: number): number => Math.round(price * 10_000) / 10_000;

/** Streams of draws. */
const [PATH, EXTENDED, OPTION] = [1, 2, 3] as const;

export function createSpyMarket({ first, last, seed }: { first: DateNumber; last: DateNumber; seed: number }): SpyMarket {
  const rng = createKeyedRng(seed);
  const all = NYSE.sessionsBetween(first, last);
  const closes = new Map<DateNumber, number>();
  /** Prices at the ends of a session's minutes, after the opening price. */
  const paths = new Map<DateNumber, Float64Array>();
  let price = START_PRICE;
  for (const session of all) {
    const length = (NYSE.closeOf(session) - NYSE.openOf(session)) / MINUTE_MS;
    const path = new Float64Array(length + 1);
    rng.seek(PATH, session);
    price *= Math.exp(0.004 * rng.normal());
    path[0] = price;
    for (let i = 1; i <= length; i++) {
      price *= Math.exp(0.000_001 + MINUTE_DEVIATION * rng.normal());
      path[i] = price;
    }
    paths.set(session, path);
    closes.set(session, price);
  }

  const barOf = (t: number, prices: Float64Array, from: number, to: number, volume: number): VendorBar => {
    const part = prices.subarray(from, to + 1);
    const [o, c] = [cents(part[0]!), cents(part.at(-1)!)];
    const [h, l] = [cents(Math.max(...part)), cents(Math.min(...part))];
    return { t, o, h, l, c, v: volume, vw: places((h + l + c) / 3), n: Math.ceil(volume / 90) };
  };

  /** Busy at both ends of a session. */
  const activity = (minute: number, length: number): number => 1 + 1.6 * ((2 * minute) / length - 1) ** 2;

  const minutes = (session: DateNumber, size: number): VendorBar[] => {
    const path = paths.get(session)!;
    const length = path.length - 1;
    const open = NYSE.openOf(session);
    rng.seek(EXTENDED, session);
    const volume = (minute: number): number => Math.round(size * 90_000 * activity(minute, length) * (0.7 + 0.6 * rng.uniform()));
    const quiet = (t: number, at: number): VendorBar => {
      const c = cents(path[at]! * (1 + 0.0005 * rng.normal()));
      return { t, o: c, h: c, l: c, c, v: 2000 + rng.int(2000), vw: c, n: 31 };
    };
    const bars: VendorBar[] = [];
    for (let m = -EXTENDED_MINUTES; m < 0; m += size) bars.push(quiet(open + m * MINUTE_MS, 0));
    for (let m = 0; m < length; m += size) bars.push(barOf(open + m * MINUTE_MS, path, m, Math.min(m + size, length), volume(m)));
    for (let m = 0; m < EXTENDED_MINUTES; m += size) bars.push(quiet(NYSE.closeOf(session) + m * MINUTE_MS, length));
    return bars;
  };

  const listedFrom = (expiry: DateNumber): DateNumber => {
    const daily = NYSE.addSessions(expiry, -DAILY_LISTED);
    if (!isWeekly(expiry)) return daily;
    return all.find((session) => dayNumberOf(session) >= dayNumberOf(expiry) - WEEKLY_LISTED_DAYS) ?? daily;
  };

  /** Strikes around every close since the expiry was listed: they are added as the price moves, and stay. */
  const strikesOf = (expiry: DateNumber, asOf: DateNumber): number[] => {
    const strikes = new Set<number>();
    for (const session of all) {
      if (session < listedFrom(expiry) || session > asOf) continue;
      const before = Math.round(closes.get(NYSE.previousSession(session)) ?? START_PRICE);
      for (let strike = before - STRIKES_PER_SIDE; strike <= before + STRIKES_PER_SIDE; strike++) strikes.add(strike);
    }
    return [...strikes].sort((a, b) => a - b);
  };

  const priceOf = ({ right, strike, expiry }: SpyContract, spot: number, utcMs: number): number => {
    const years = Math.max(0, (NYSE.closeOf(expiry) - utcMs) / MINUTE_MS / YEAR_MINUTES);
    return Math.max(0.01, cents(bsmPrice(spot, strike, years, 0, VOLATILITY, 0, right === "call" ? 1 : -1)));
  };

  const optionMinutes = (contract: SpyContract, session: DateNumber): VendorBar[] => {
    const path = paths.get(session);
    if (path === undefined || session > contract.expiry) return [];
    const length = path.length - 1;
    const open = NYSE.openOf(session);
    const near = dayNumberOf(contract.expiry) - dayNumberOf(session);
    const bars: VendorBar[] = [];
    rng.seek(OPTION * 10_000 + contract.strike * 2 + (contract.right === "call" ? 1 : 0), session);
    for (let m = 0; m < length; m++) {
      const distance = Math.abs(contract.strike - path[m]!);
      const trades = Math.exp(-distance / 3) / (1 + near);
      const draw = rng.uniform();
      const size = 1 + rng.int(200);
      if (draw > 0.3 * trades * activity(m, length)) continue;
      const o = priceOf(contract, path[m]!, open + m * MINUTE_MS);
      const c = priceOf(contract, path[m + 1]!, open + (m + 1) * MINUTE_MS);
      const [h, l] = [Math.max(o, c), Math.min(o, c)];
      bars.push({ t: open + m * MINUTE_MS, o, h, l, c, v: size, vw: places((o + c) / 2), n: 1 + (size >> 4) });
    }
    return bars;
  };

  return {
    first,
    last,
    sessions: (from, to) => all.filter((session) => session >= from && session <= to),
    minutes,
    day(session) {
      const path = paths.get(session)!;
      return barOf(midnightOf(session), path, 0, path.length - 1, 70_000_000 + (session % 97) * 100_000);
    },
    contracts(asOf, firstExpiry, lastExpiry) {
      const expiries = NYSE.sessionsBetween(firstExpiry, dateOfDayNumber(dayNumberOf(lastExpiry) + 1)).filter(
        (expiry) => expiry >= asOf && listedFrom(expiry) <= asOf,
      );
      return expiries.flatMap((expiry) => {
        const strikes = strikesOf(expiry, asOf);
        return (["call", "put"] as const).flatMap((right) => strikes.map((strike) => ({ right, strike, expiry })));
      });
    },
    optionMinutes,
    optionDay(contract, session) {
      const bars = optionMinutes(contract, session);
      if (bars.length === 0) return undefined;
      const v = bars.reduce((sum, bar) => sum + bar.v, 0);
      return {
        t: midnightOf(session),
        o: bars[0]!.o,
        h: Math.max(...bars.map(({ h }) => h)),
        l: Math.min(...bars.map(({ l }) => l)),
        c: bars.at(-1)!.c,
        v,
        vw: places(bars.reduce((sum, bar) => sum + bar.v * bar.vw, 0) / v),
        n: bars.reduce((sum, bar) => sum + bar.n, 0),
      };
    },
  };
}

/** Midnight in New York, where the vendor's daily bars start. */
const midnightOf = (session: DateNumber): number => NYSE.openOf(session) - 570 * MINUTE_MS;

/** Fridays, or the session before where that is a holiday. */
const isWeekly = (session: DateNumber): boolean =>
  dayOfWeekOf(session) === FRIDAY || dayOfWeekOf(NYSE.nextSession(session)) < dayOfWeekOf(session);
