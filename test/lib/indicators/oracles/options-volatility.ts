import { NYSE } from "#lib/core/calendar.ts";
import type { OptionChain } from "#lib/core/option-data.ts";
import type { Columns } from "../series.ts";
import { completedCloses, deviation, mean, type Oracle, upTo } from "./arithmetic.ts";
import {
  atmAt,
  atmOf,
  atTenor,
  bookOf,
  eod,
  hasAll,
  lastOfSession,
  latest,
  phi,
  smilesOf,
  snapshotAt,
  sourceUsed,
  wingOf,
} from "./chain-arithmetic.ts";

const MARKET = ["market"];
type Params = Record<string, number> & { iv_source?: unknown; freq?: unknown; quote_window?: unknown };
const tenor = (params: Params) => ({ days: params["days"]!, source: String(params.iv_source) });
const atm = (params: Params) => (chain: OptionChain) => atmAt(chain, tenor(params).days, tenor(params).source);
const wing = (params: Params, right: 1 | -1, delta: number) => (chain: OptionChain) =>
  atTenor(smilesOf(chain, tenor(params).source), tenor(params).days, (smile) => wingOf(smile, right, delta));

/** Sample deviation of the last log returns of bars, or of the sessions that row t may know, a year's. */
function realized(bars: Columns, t: number, window: number, frequency: string): number {
  const intraday = bars.barsPerYear > 252;
  const closes = frequency === "daily" && intraday ? completedCloses(bars, t) : upTo(bars.close, t);
  const end = closes.length - 1;
  if (Number.isNaN(bars.close[t]!)) return Number.NaN;
  const returns = Array.from({ length: window }, (_, k) => Math.log(closes[end - k]! / closes[end - k - 1]!));
  return deviation(returns, 1) * Math.sqrt(frequency === "daily" ? 252 : bars.barsPerYear);
}

/** The current value and those of the sessions before its own, when at least 60 % of them are there. */
function withPast(bars: Columns, t: number, count: number, params: Params): { value: number; past: number[] } | null {
  const chain = snapshotAt(bars, t, MARKET);
  if (!chain) return null;
  const value = atm(params)(chain);
  const past = pastIvs(bars, chain, count, `${params["days"]}:${String(params.iv_source)}`);
  return Number.isNaN(value) || past.length < 0.6 * count ? null : { value, past };
}

/** Of each of the sessions before a snapshot's, the last volatility that was known when the snapshot was. */
function pastIvs({ extras }: Columns, chain: OptionChain, count: number, tenorKey: string): number[] {
  const { session, knownAt, value } = extras!.ivHistory.get(tenorKey)!;
  return Array.from({ length: count }, (_, k) => NYSE.addSessions(chain.sessionDate, -1 - k)).flatMap((wanted) => {
    const told = [...session.keys()].filter((i) => session[i] === wanted && knownAt[i]! <= chain.knownAt);
    return told.length === 0 ? [] : [value[told.at(-1)!]!];
  });
}

const minutesOf = (utcMs: number): number => {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: "America/New_York", hourCycle: "h23", hour: "2-digit", minute: "2-digit" });
  const [hour, minute] = parts.format(utcMs).split(":").map(Number);
  return hour! * 60 + minute!;
};

const middle = (values: readonly number[]): number => {
  const ordered = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
  const half = ordered.length / 2;
  return ordered.length === 0 ? Number.NaN : mean([ordered[Math.ceil(half) - 1]!, ordered[Math.floor(half)]!]);
};

/** A chain that quotes the median middle of the readable snapshots' contracts, at the median moment, for what lives in the last. */
function medianOf(all: readonly OptionChain[]): OptionChain {
  const end = all.at(-1)!;
  const members = all.filter((chain) => bookOf(chain).contracts.length > 0 && bookOf(chain).goodSpot);
  const living = members.includes(end)
    ? [...end.strike.keys()].filter((i) => bookOf(end).contracts.some(({ expiry }) => expiry === end.expiry[i]))
    : [];
  const mids = living.map((i) =>
    middle(
      members.map((chain) => {
        const j = chain.strike.findIndex(
          (k, n) => k === end.strike[i] && chain.right[n] === end.right[i] && chain.expiry[n] === end.expiry[i],
        );
        const [bid, ask] = [chain.bid[j]!, chain.ask[j]!];
        return bid > 0 && ask >= bid && ask - bid <= Math.max(0.3, (bid + ask) / 8) ? (bid + ask) / 2 : Number.NaN;
      }),
    ),
  );
  const none = new Float64Array(living.length).fill(Number.NaN);
  return {
    ...end,
    length: living.length,
    knownAt: middle(members.map(({ knownAt }) => knownAt)),
    underlyingPrice: middle(members.map(({ underlyingPrice }) => underlyingPrice)),
    strike: Float64Array.from(living, (i) => end.strike[i]!),
    expiry: Float64Array.from(living, (i) => end.expiry[i]!),
    right: Int8Array.from(living, (i) => end.right[i]!),
    bid: Float64Array.from(mids),
    ask: Float64Array.from(mids),
    last: none,
    volume: none,
    openInterest: none,
    iv: none,
    gamma: none,
  };
}

/** At-the-money volatility where quotes count only between two times of day. */
function atmBetween(bars: Columns, t: number, params: Params): number {
  const window = String(params.quote_window);
  const { days, source } = tenor(params);
  if (window === "last" || source === "snapshot") return latest(bars, t, MARKET, atm(params));
  const [from, to] = window.split("-").map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  const inside = (chain: OptionChain): boolean => minutesOf(chain.knownAt) >= from! && minutesOf(chain.knownAt) <= to!;
  const own = (chain: OptionChain): boolean => source === "auto" && sourceUsed(chain, "snapshot") === "snapshot";
  const carrying = bars.extras!.chains.filter((chain) => chain.knownAt <= bars.barEnd[t]! && hasAll(chain, MARKET));
  const chain = carrying.findLast((one) => own(one) || inside(one));
  if (!chain || ![bars.sessionDate[t], NYSE.previousSession(bars.sessionDate[t]!)].includes(chain.sessionDate)) return Number.NaN;
  if (own(chain)) return atmAt(chain, days, "snapshot");
  const members = carrying.filter((one) => one.sessionDate === chain.sessionDate && one.knownAt <= chain.knownAt && inside(one));
  return atmAt(medianOf(members), days, "quotes");
}

export const optionsVolatilityOracles: Readonly<Record<string, Oracle>> = {
  atm_iv(bars, params, t) {
    const level = latest(bars, t, MARKET, atm(params));
    const { source } = tenor(params);
    const fromQuotes = latest(bars, t, MARKET, (chain) =>
      source === "auto" ? ({ snapshot: 0, quotes: 1 }[sourceUsed(chain, "auto")] ?? Number.NaN) : source === "quotes" ? 1 : 0,
    );
    return params["record_source"] ? [level, fromQuotes] : [level];
  },
  atm_iv_eod: (bars, params, t) => [eod(bars, t, MARKET, atm(params))],
  iv_rank_52w(bars, params, t) {
    const found = withPast(bars, t, 252, params);
    if (!found) return [Number.NaN];
    const [low, high] = [Math.min(...found.past), Math.max(...found.past)];
    return [high > low ? (100 * (found.value - low)) / (high - low) : Number.NaN];
  },
  iv_percentile_52w(bars, params, t) {
    const found = withPast(bars, t, 252, params);
    return [found ? (100 * found.past.filter((value) => value < found.value).length) / found.past.length : Number.NaN];
  },
  atm_iv_zscore(bars, params, t) {
    const found = withPast(bars, t, params["window"]!, params);
    return [found ? (found.value - mean(found.past)) / deviation(found.past) : Number.NaN];
  },
  atm_iv_open_delta(bars, params, t) {
    const session = bars.sessionDate[t]!;
    const now = lastOfSession(bars.extras!.chains, session, bars.barEnd[t]!, MARKET);
    const first = bars.extras!.chains.find((chain) => chain.sessionDate === session && hasAll(chain, MARKET));
    if (!now || !first || first.knownAt > NYSE.openOf(session) + 3_600_000) return [Number.NaN];
    return [atm(params)(now) - atm(params)(first)];
  },
  iv_realized_spread: (bars, params, t) => [
    atmBetween(bars, t, params) - realized(bars, t, params["window"]!, String((params as Params).freq)),
  ],
  iv_skew_25d: (bars, params, t) => [latest(bars, t, MARKET, (chain) => wing(params, 1, 0.25)(chain) - wing(params, -1, 0.25)(chain))],
  iv_butterfly_25d: (bars, params, t) => [
    latest(bars, t, MARKET, (chain) => mean([wing(params, 1, 0.25)(chain), wing(params, -1, 0.25)(chain)]) - atm(params)(chain)),
  ],
  iv_term_slope: (bars, params, t) => [
    latest(bars, t, MARKET, (chain) => atmAt(chain, params["days_fwd"]!, tenor(params).source) - atm(params)(chain)),
  ],
  iv_smile_wings: (bars, params, t) =>
    ([-1, 1] as const).map((right) =>
      latest(bars, t, MARKET, (chain) => wing(params, right, params["delta"]! / 100)(chain) - atm(params)(chain)),
    ),
  implied_move: (bars, params, t) => [
    latest(bars, t, MARKET, (chain) => {
      const { days, source } = tenor(params);
      const years = days > 0 ? days / 365 : (smilesOf(chain, source)[0]?.years ?? Number.NaN);
      const spread = atTenor(smilesOf(chain, source), days, atmOf) * Math.sqrt(years);
      // Call plus put of Black's formula at a forward and strike of 1.
      return 2 * (phi(spread / 2) - phi(-spread / 2));
    }),
  ],
  variance_risk_premium: (bars, params, t) => [
    latest(bars, t, MARKET, atm(params)) ** 2 - realized(bars, t, params["window"]!, "daily") ** 2,
  ],
};
