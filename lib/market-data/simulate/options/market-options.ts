import type { Cadence } from "../../../core/bars.ts";
import type { OptionBars, OptionChain, OptionTape, UnderlyingTape } from "../../../core/option-data.ts";
import type { DateNumber } from "../../../core/time.ts";
import type { MarketSpec } from "../market/market.schema.ts";
import { isEventful } from "../market/members.ts";
import { sessionPosition } from "../market/price-path.ts";
import { createRecent } from "../market/recent.ts";
import type { MarketPart } from "../market/symbols.ts";
import type { MarketWorld } from "../market/world.ts";
import { type Board, openBoard, type SessionPrices, sessionPricesOf } from "./board.ts";
import { listingOf } from "./listing.ts";
import { barsOfBoard } from "./option-bars.ts";
import { simulateChains } from "./option-chains.ts";
import { tapeOfBoard } from "./option-tape.ts";
import { marketUnderlying, stockUnderlying, type Underlying } from "./underlying.ts";
import { tapeOfUnderlying } from "./underlying-tape.ts";

/** The options and tapes of one part of a market: the market itself or a stock. `undefined` = it has none of that. */
export interface PartOptions {
  /** Sessions between two positions of the part's path. */
  chains(from: number, to: number, cadence: Cadence): OptionChain[] | undefined;
  bars(session: DateNumber, expiry: DateNumber): OptionBars | undefined;
  tape(session: DateNumber, expiry: DateNumber): OptionTape | undefined;
  underlyingTape(session: DateNumber): UnderlyingTape | undefined;
}

/** Sessions whose prices are kept for the next question: an expiry more of the same day. */
const KEPT_SESSIONS = 2;

export function createPartOptions(world: MarketWorld, part: Exclude<MarketPart, { kind: "index" }>): PartOptions {
  const { spec } = world;
  const { strikes_per_side: perSide } = spec.options;
  const underlying = part.kind === "market" ? marketUnderlying(world) : stockUnderlying(world, part.index);
  const listed = hasOptions(spec, part);
  const prices = createRecent<SessionPrices>(KEPT_SESSIONS);
  const pricesOf = (session: number): SessionPrices => prices.get(String(session), () => sessionPricesOf(underlying, spec, session));
  const has = (session: DateNumber): boolean => listed && sessionPosition(underlying.path, session) >= 0;

  /** Undefined where the expiry is not listed in that session. */
  const board = (session: DateNumber, expiry: DateNumber): Board | undefined => {
    const listing = listingOf(underlying, perSide, session, expiry);
    return listing && openBoard(underlying, spec, listing, pricesOf(listing.session));
  };

  return {
    chains: (from, to, cadence) => (listed ? simulateChains({ underlying, perSide, from, to, cadence }) : undefined),
    bars(session, expiry) {
      if (!has(session)) return undefined;
      const open = board(session, expiry);
      return open ? barsOfBoard(underlying.symbol, open) : noBars(underlying.symbol, session, expiry);
    },
    tape(session, expiry) {
      if (!has(session)) return undefined;
      const open = board(session, expiry);
      return open ? tapeOfBoard(underlying.symbol, open) : noTape(underlying.symbol, session, expiry);
    },
    underlyingTape(session) {
      const position = sessionPosition(underlying.path, session);
      return position < 0 ? undefined : underlyingTapeOf(underlying, position, pricesOf(position));
    },
  };
}

/** Stocks that may split, be taken over or fail have no options, and neither has a market with a stated split: strikes would have to move. */
export function hasOptions(spec: MarketSpec, part: MarketPart): boolean {
  if (part.kind === "market") return spec.actions.every(({ split_ratio }) => split_ratio === undefined);
  return part.kind === "stock" && !isEventful(part.index);
}

function underlyingTapeOf({ symbol, seed, key, path }: Underlying, session: number, { minutes, spots }: SessionPrices): UnderlyingTape {
  return tapeOfUnderlying({ symbol, seed, key, date: path.sessions[session]!, minutes, logScale: path.logScale[session]!, spots });
}

function noBars(underlying: string, session: DateNumber, expiry: DateNumber): OptionBars {
  const none = new Float64Array(0);
  return {
    underlying,
    sessionDate: session,
    expiry,
    length: 0,
    start: none,
    strike: none,
    right: new Int8Array(0),
    open: none,
    high: none,
    low: none,
    close: none,
    vwap: none,
    volume: none,
  };
}

function noTape(underlying: string, session: DateNumber, expiry: DateNumber): OptionTape {
  const none = new Float64Array(0);
  const nobody = new Int32Array(0);
  return {
    underlying,
    sessionDate: session,
    expiry,
    strike: none,
    right: new Int8Array(0),
    trades: { length: 0, ts: none, contract: nobody, price: none, size: none, kind: new Uint8Array(0), trueSide: new Int8Array(0) },
    quotes: { length: 0, ts: none, contract: nobody, bid: none, ask: none, bidSize: none, askSize: none },
  };
}
