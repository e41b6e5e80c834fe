import type { DateNumber } from "../../../core/time.ts";
import { SEGMENT_MINUTES } from "../market/intraday-shape.ts";
import type { MarketPath } from "../market/market-path.ts";
import type { MinutePath } from "../market/minute-path.ts";
import { type PricePath, toCents } from "../market/price-path.ts";
import { expectedVariances } from "../market/volatility.ts";
import type { MarketWorld } from "../market/world.ts";
import type { ExpiryRule } from "./expiries.ts";
import { createExpiryClock } from "./expiry-clock.ts";
import type { Quoting } from "./surface.ts";

/** Something that options are listed on. */
export interface Underlying {
  readonly symbol: string;
  readonly seed: number;
  /** Tells its random streams from those of other underlyings of the same market. */
  readonly key: string;
  readonly path: PricePath;
  readonly expiries: ExpiryRule;
  readonly quoting: Quoting;
  /** Cents between prices of at least three dollars; below, and everywhere for the market's own options, it is one. */
  readonly dearTickCents: 1 | 5;
  /** Multiplies the market's spreads. */
  readonly spreadFactor: number;
  /** Contracts of a same-day expiry in a session of average activity. */
  readonly volume: number;
  minutes(session: number): MinutePath;
  /** Demand of option traders in a half hour of a session, standard normal. */
  demand(session: number, segment: number): number;
  /** Log of the volatility over that of a middling session, at a session's open. */
  activity(session: number): number;
  /**
   * Total implied variance at the money from a moment to the close of each expiry, 0 where that is now.
   *
   * @param minute - after the session's open; the session's length = its close
   * @param expiries - ascending, none before the session
   */
  variances(session: number, minute: number, expiries: readonly DateNumber[], out: Float64Array): void;
}

/** The market's own options: one expiry each session. */
export function marketUnderlying(world: MarketWorld): Underlying {
  const market = world.market();
  const { spec, model } = market;
  const times = createExpiryClock(spec.overnight_share);
  return {
    symbol: market.symbol,
    seed: spec.seed,
    key: "market",
    path: market,
    expiries: "daily",
    quoting: { ...spec.options, dividendYield: spec.dividend_yield },
    dearTickCents: 1,
    spreadFactor: 1,
    volume: spec.options.same_day_volume,
    minutes: (session) => world.minutes({ kind: "market" }, session),
    demand: (session, segment) => demandOf(market, session, segment),
    activity: (session) => logVolatilityAt(market, session),
    variances(session, minute, expiries, out) {
      const { slow, fast } = stateAt(market, session, minute);
      expectedVariances(model, slow, fast, times(market.sessions[session]!, minute, expiries), out);
      for (let i = 0; i < expiries.length; i++) out[i] = out[i]! * spec.options.premium ** 2;
    },
  };
}

/** Options of a stock's volume relative to those of the market. */
const STOCK_VOLUME = 0.05;
/** A stock's smile leans less. */
const STOCK_SKEW = 0.6;

/** A stock's options: Fridays only, wider quotes. Its volatility is what the market and the stock itself are expected to have. */
export function stockUnderlying(world: MarketWorld, index: number): Underlying {
  const market = world.market();
  const stock = world.stock(index);
  const { spec, model } = market;
  const { member, ownModel } = stock;
  const times = createExpiryClock(spec.overnight_share);
  let own = new Float64Array(0);
  return {
    symbol: stock.symbol,
    seed: spec.seed,
    key: String(index),
    path: stock,
    expiries: "weekly",
    quoting: {
      rate: spec.options.rate,
      dividendYield: member.dividendYield,
      skew: spec.options.skew * STOCK_SKEW,
      curvature: spec.options.curvature,
    },
    dearTickCents: 5,
    spreadFactor: 3,
    volume: spec.options.same_day_volume * STOCK_VOLUME,
    minutes: (session) => world.minutes({ kind: "stock", index }, session),
    demand: (session, segment) => demandOf(market, session + stock.marketSession, segment),
    activity: (session) => ownModel.slow * stock.ownLevel[session]!,
    variances(session, minute, expiries, out) {
      if (own.length < expiries.length) own = new Float64Array(expiries.length);
      const { slow, fast } = stateAt(market, session + stock.marketSession, minute);
      const ahead = times(stock.sessions[session]!, minute, expiries);
      expectedVariances(model, slow, fast, ahead, out);
      expectedVariances(ownModel, stock.ownLevel[session]!, 0, ahead, own);
      const premium = spec.options.premium ** 2;
      for (let i = 0; i < expiries.length; i++) out[i] = premium * (member.beta ** 2 * out[i]! + own[i]!);
    },
  };
}

/** Raw price of the last trade before a minute that begins a half hour, US dollars; at minute 0 the session's first trade. */
export function spotAtHalfHour({ pieces, firstPiece, logScale }: PricePath, session: number, minute: number): number {
  let p = firstPiece[session]!;
  if (minute === 0) return toCents(pieces.open[p]! + logScale[session]!);
  while (pieces.toMinute[p]! < minute) p += 1;
  return toCents(pieces.close[p]! + logScale[session]!);
}

function demandOf(market: MarketPath, session: number, segment: number): number {
  let p = market.firstPiece[session]!;
  while (market.pieces.toMinute[p]! <= segment * SEGMENT_MINUTES) p += 1;
  return market.drivers.demand[p]!;
}

function logVolatilityAt({ model, drivers, firstPiece }: MarketPath, session: number): number {
  const p = firstPiece[session]!;
  return model.slow * drivers.slowAtOpen[p]! + model.fast * drivers.fastAtOpen[p]!;
}

/** The log volatility's parts at a minute: straight lines between the ends of pieces. */
function stateAt(
  { pieces, drivers, firstPiece }: MarketPath,
  session: number,
  minute: number,
): { readonly slow: number; readonly fast: number } {
  const last = firstPiece[session + 1]! - 1;
  let p = firstPiece[session]!;
  while (p < last && pieces.toMinute[p]! <= minute) p += 1;
  const share = (minute - pieces.fromMinute[p]!) / (pieces.toMinute[p]! - pieces.fromMinute[p]!);
  return {
    slow: (1 - share) * drivers.slowAtOpen[p]! + share * drivers.slowAtClose[p]!,
    fast: (1 - share) * drivers.fastAtOpen[p]! + share * drivers.fastAtClose[p]!,
  };
}
