import { createKeyedRng, type KeyedRng } from "../../../core/rng.ts";
import type { DateNumber } from "../../../core/time.ts";
import { type ActionRules, actionsOn, type CorporateAction, logScaleChange } from "./corporate-actions.ts";
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
  let delisting: Delisting | null = null;
  let count = 0;

  for (let t = 0; t < sessions.length; t++) {
    const date = sessions[t]!;
    const previous = t === 0 ? date : sessions[t - 1]!;
    rng.seek(date, 0);
    const from = market.firstPiece[first + t]! - offset;
    const to = market.firstPiece[first + t + 1]! - offset;
    firstPiece[t] = from;
    if (t > 0) {
      logScale[t] = logScale[t - 1]!;
      for (const action of actionsOn(rules, date, previous, toCents(x + logScale[t]!))) {
        logScale[t] = logScale[t]! + logScaleChange(action, toCents(x + logScale[t]!));
        if (action.kind === "split") shares *= action.ratio;
        actions.push(action);
      }
      own = kept * own + Math.sqrt(1 - kept * kept) * rng.normal();
    }
    const variance = varianceAt(ownModel, own, 0);
    ownLevel[t] = own;
    const activity = 0.3 * rng.normal() + 0.5 * OWN_SPREAD * own;
    const results =
      t > 0 && isResultsNight(member.index, date, previous) ? RESULTS_DEVIATION * rng.normal() - RESULTS_DEVIATION ** 2 / 2 : 0;

    for (let p = from; p < to; p++) {
      const m = p + offset;
      const marketVariance = market.pieces.deviation[m]! ** 2;
      const minuteVariance = variance * market.drivers.minuteTime[m]!;
      const night = p === from;
      // On its first day a stock opens at its issue price.
      if (!(night && t === 0)) {
        const gapVariance = night ? variance * spec.overnight_share : minuteVariance * TRADELESS;
        x +=
          beta * market.drivers.gap[m]! -
          convexity * market.drivers.gapVariance[m]! +
          Math.sqrt(gapVariance) * rng.normal() -
          gapVariance / 2;
        if (night) x += results - jumpFair;
      }
      const minutes = market.pieces.toMinute[m]! - market.pieces.fromMinute[m]!;
      const bodyVariance = minuteVariance * (minutes - TRADELESS);
      const close =
        x +
        beta * (market.pieces.close[m]! - market.pieces.open[m]!) -
        convexity * marketVariance +
        Math.sqrt(bodyVariance) * rng.normal() -
        bodyVariance / 2;
      const deviation = Math.sqrt(beta * beta * marketVariance + bodyVariance);
      pieces.fromMinute[p] = market.pieces.fromMinute[m]!;
      pieces.toMinute[p] = market.pieces.toMinute[m]!;
      pieces.open[p] = x;
      pieces.close[p] = close;
      pieces.high[p] = bridgeExtreme(x, close, deviation, rng.uniform(), 1);
      pieces.low[p] = bridgeExtreme(x, close, deviation, rng.uniform(), -1);
      pieces.deviation[p] = deviation;
      ownDeviation[p] = Math.sqrt(bodyVariance);
      const typical = (market.pieces.volume[m]! / spec.daily_volume) * member.dailyVolume * shares;
      pieces.volume[p] = Math.max(
        LEAST_MINUTE_VOLUME * minutes,
        Math.round(typical * Math.exp(activity + 0.25 * rng.normal() + 8 * Math.abs(results))),
      );
      x = close;
    }
    firstPiece[t + 1] = to;
    count = t + 1;
    highest = Math.max(highest, x);
    if (member.eventful && t > 0 && t + 1 < sessions.length) delisting = delistingAt(rng, date, sessions[t + 1]!, x - highest);
    if (delisting !== null) break;
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
