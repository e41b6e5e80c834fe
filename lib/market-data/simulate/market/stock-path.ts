import { createKeyedRng, type KeyedRng } from "../../../core/rng.ts";
import type { DateNumber } from "../../../core/time.ts";
import type { CorporateAction } from "../../actions.ts";
import { type ActionRules, actionsOn, logScaleChange } from "./corporate-actions.ts";
import type { MarketPath } from "./market-path.ts";
import type { Member } from "./members.ts";
import { bridgeExtreme, cutPieces, emptyPieces, LEAST_MINUTE_VOLUME, type PricePath, TRADELESS, toCents } from "./price-path.ts";
import { type VolatilityModel, varianceAt } from "./volatility.ts";

/** A stock's path, piece by piece beside the market's. */
export interface StockPath extends PricePath {
  readonly member: Member;
  /** The market's session and piece that the stock's first ones stand beside. */
  readonly marketSession: number;
  readonly marketOffset: number;
  /** Per piece: standard deviation of what the market does not explain, from open to close. */
  readonly ownDeviation: Float64Array;
  /** How the volatility of what the market does not explain moves; its log has one part, `slow`. */
  readonly ownModel: VolatilityModel;
  /** Per session: that part, in standard deviations. */
  readonly ownLevel: Float64Array;
  /** Null while it is listed to the market's end. */
  readonly delisting: Delisting | null;
}

export interface Delisting {
  /** Last session with trades. */
  readonly lastSession: DateNumber;
  readonly reason: "acquired" | "failed";
  /** What a holder got after the last close, over that close, minus one. */
  readonly delistingReturn: number;
}

const SESSIONS_PER_YEAR = 252;
/** Spread and half-life in sessions of the log of the stock's own volatility. */
const OWN_SPREAD = 0.35;
const OWN_HALF_LIFE = 20;
/** Standard deviation of the log return of the night after quarterly results. */
const RESULTS_DEVIATION = 0.05;
const RESULTS_DAY = 20;
/** Fails when the June or December close lies so far below the highest close (log of 15 %). */
const FAILURE_DEPTH = Math.log(0.15);
const TAKEOVERS_PER_YEAR = 0.015;

/**
 * A stock: beta times the market's return, plus its own with its own volatility and quarterly results at night, in the same
 * pieces as the market. Every step is made fair: the expected total return is beta times the market's stated drift.
 *
 * Who falls far enough is delisted, whoever is taken over leaves with a gain: a universe without its dead is biased, as real
 * ones are.
 */
export function simulateStock(symbol: string, market: MarketPath, member: Member): StockPath {
  const { spec } = market;
  const first = Math.min(Math.floor(member.listedAfter * market.sessions.length), market.sessions.length - 2);
  const sessions = market.sessions.slice(first);
  const offset = market.firstPiece[first]!;
  const capacity = market.pieces.open.length - offset;
  const pieces = emptyPieces(capacity);
  const ownDeviation = new Float64Array(capacity);
  const ownLevel = new Float64Array(sessions.length);
  const firstPiece = new Int32Array(sessions.length + 1);
  const logScale = new Float64Array(sessions.length);
  const actions: CorporateAction[] = [];
  const rules: ActionRules = {
    dividendYield: member.dividendYield,
    dividendMonth: member.index % 3,
    splits: member.eventful,
    stated: [],
  };

  const { beta } = member;
  const rng = createKeyedRng(`simulated-stock:${spec.seed}:${member.index}`);
  const ownModel = ownModelOf(member);
  const kept = Math.exp(-ownModel.slowRate);
  const convexity = (beta * (beta - 1)) / 2;
  const jumpFair = jumpFairness(market, beta);
  let own = rng.normal();
  let x = Math.log(member.startPrice);
  let highest = x;
  let shares = 1;

  /** A return of beta times the market's and an own one of this variance. */
  const move = (marketReturn: number, marketVariance: number, ownVariance: number): number =>
    beta * marketReturn - convexity * marketVariance + Math.sqrt(ownVariance) * rng.normal() - ownVariance / 2;

  const adjust = (t: number): void => {
    const rawClose = toCents(x + logScale[t - 1]!);
    const found = actionsOn(rules, sessions[t]!, sessions[t - 1]!, rawClose);
    logScale[t] = logScale[t - 1]! + logScaleChange(found, rawClose);
    for (const { split } of found) shares *= split;
    actions.push(...found);
  };

  /** One piece, from its first trade to its last. @param busy - log of the session's activity over the usual */
  const trade = (p: number, variance: number, busy: number): void => {
    const m = p + offset;
    const minutes = market.pieces.toMinute[m]! - market.pieces.fromMinute[m]!;
    const marketVariance = market.pieces.deviation[m]! ** 2;
    const bodyVariance = variance * market.drivers.minuteTime[m]! * (minutes - TRADELESS);
    const close = x + move(market.pieces.close[m]! - market.pieces.open[m]!, marketVariance, bodyVariance);
    const deviation = Math.sqrt(beta * beta * marketVariance + bodyVariance);
    pieces.fromMinute[p] = market.pieces.fromMinute[m]!;
    pieces.toMinute[p] = market.pieces.toMinute[m]!;
    pieces.open[p] = x;
    pieces.close[p] = close;
    pieces.high[p] = bridgeExtreme(x, close, deviation, rng.uniform(), 1);
    pieces.low[p] = bridgeExtreme(x, close, deviation, rng.uniform(), -1);
    pieces.deviation[p] = deviation;
    ownDeviation[p] = Math.sqrt(bodyVariance);
    const usual = (market.pieces.volume[m]! / spec.daily_volume) * member.dailyVolume * shares;
    pieces.volume[p] = Math.max(LEAST_MINUTE_VOLUME * minutes, Math.round(usual * Math.exp(busy + 0.25 * rng.normal())));
    x = close;
  };

  const session = (t: number): void => {
    const [from, to] = [firstPiece[t]!, firstPiece[t + 1]!];
    let results = 0;
    if (t > 0) {
      adjust(t);
      own = kept * own + Math.sqrt(1 - kept * kept) * rng.normal();
      if (isResultsNight(member.index, sessions[t]!, sessions[t - 1]!)) results = RESULTS_DEVIATION * rng.normal();
    }
    ownLevel[t] = own;
    const variance = varianceAt(ownModel, own, 0);
    const busy = 0.3 * rng.normal() + 0.5 * OWN_SPREAD * own + 8 * Math.abs(results);
    for (let p = from; p < to; p++) {
      const m = p + offset;
      const gap = market.drivers.gap[m]!;
      const gapVariance = market.drivers.gapVariance[m]!;
      // On its first day a stock opens at its issue price.
      if (p > from) x += move(gap, gapVariance, variance * market.drivers.minuteTime[m]! * TRADELESS);
      else if (t > 0) x += move(gap, gapVariance, variance * spec.overnight_share) - jumpFair;
      if (p === from && results !== 0) x += results - RESULTS_DEVIATION ** 2 / 2;
      trade(p, variance, busy);
    }
  };

  let delisting: Delisting | null = null;
  let count = 0;
  for (; count < sessions.length && delisting === null; count++) {
    const date = sessions[count]!;
    rng.seek(date, 0);
    firstPiece[count + 1] = market.firstPiece[first + count + 1]! - offset;
    session(count);
    highest = Math.max(highest, x);
    if (member.eventful && count + 1 < sessions.length) delisting = delistingAt(rng, date, sessions[count + 1]!, x - highest);
  }
  const end = firstPiece[count]!;
  return {
    symbol,
    sessions: sessions.slice(0, count),
    firstPiece: firstPiece.slice(0, count + 1),
    pieces: cutPieces(pieces, end),
    logScale: logScale.slice(0, count),
    actions,
    member,
    marketSession: first,
    marketOffset: offset,
    ownDeviation: ownDeviation.slice(0, end),
    ownModel,
    ownLevel: ownLevel.slice(0, count),
    delisting,
  };
}

function ownModelOf({ ownVolatility }: Member): VolatilityModel {
  const meanVariance = ownVolatility ** 2 / SESSIONS_PER_YEAR;
  return { meanVariance, jumpVariance: 0, slow: OWN_SPREAD, fast: 0, slowRate: Math.LN2 / OWN_HALF_LIFE, fastRate: 1, leverage: 0 };
}

/**
 * Beta times the market's jumps is worth more or less than beta times what the market was charged for them; this is the
 * difference a session, in logs.
 */
function jumpFairness({ spec: { jumps } }: MarketPath, beta: number): number {
  const growth = (times: number): number => Math.exp(times * jumps.mean + (times * jumps.deviation) ** 2 / 2) - 1;
  return (jumps.per_year / SESSIONS_PER_YEAR) * (growth(beta) - beta * growth(1));
}

/** Results come out before the first session on or after a day of every third month. */
function isResultsNight(index: number, date: DateNumber, previous: DateNumber): boolean {
  const month = Math.floor(date / 100) % 100;
  const newMonth = Math.floor(previous / 100) % 100 !== month;
  return month % 3 === (index + 1) % 3 && date % 100 >= RESULTS_DAY && (newMonth || previous % 100 < RESULTS_DAY);
}

/** @param depth - log of the last close over the highest one */
function delistingAt(rng: KeyedRng, date: DateNumber, next: DateNumber, depth: number): Delisting | null {
  const month = Math.floor(date / 100) % 100;
  if (Math.floor(next / 100) % 100 === month) return null;
  const chance = rng.uniform();
  const size = rng.uniform();
  if (month % 6 === 0 && depth < FAILURE_DEPTH)
    return { lastSession: date, reason: "failed", delistingReturn: toPercent(-0.3 - 0.5 * size) };
  if (chance < TAKEOVERS_PER_YEAR / 12) return { lastSession: date, reason: "acquired", delistingReturn: toPercent(0.05 + 0.25 * size) };
  return null;
}

const toPercent = (fraction: number): number => Math.round(fraction * 100) / 100;
