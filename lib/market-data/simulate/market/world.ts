import type { Bars, Cadence } from "../../../core/bars.ts";
import { NYSE } from "../../../core/calendar.ts";
import { createKeyedRng, type KeyedRng } from "../../../core/rng.ts";
import { type DateNumber, parseDate } from "../../../core/time.ts";
import type { DateWindow } from "../../../ports/market-data.ts";
import type { MarketSpec } from "./market.schema.ts";
import { type MarketPath, simulateMarket } from "./market-path.ts";
import { MEMBER_COUNT, memberOf } from "./members.ts";
import { type MinutePath, simulateMinutes } from "./minute-path.ts";
import { barsOfPath } from "./path-bars.ts";
import type { PricePath } from "./price-path.ts";
import { createRecent } from "./recent.ts";
import { type StockPath, simulateStock } from "./stock-path.ts";
import { type MarketPart, marketSymbolOf } from "./symbols.ts";
import { straightMinutes, volatilityIndexOf } from "./volatility-index.ts";

/** One simulated market: everything in it follows from its specification. Paths are drawn when asked for and kept for a while. */
export interface MarketWorld {
  readonly spec: MarketSpec;
  readonly name: string | null;
  market(): MarketPath;
  /** @param index - 0 to MEMBER_COUNT - 1 */
  stock(index: number): StockPath;
  path(part: MarketPart): PricePath;
  minutes(part: MarketPart, session: number): MinutePath;
  /** Bars of the sessions in a window; of the first and the last one when it holds none, so that a refusal can say what there is. */
  bars(part: MarketPart, cadence: Cadence, window: DateWindow): Bars;
  universe(): readonly UniverseMember[];
}

/** When a stock could be held. */
export interface UniverseMember {
  readonly symbol: string;
  /** First session. */
  readonly from: DateNumber;
  /** First session after the last one; null = listed to the end. */
  readonly to: DateNumber | null;
  /** What a holder got after the last close, over that close, minus one; null = not delisted. */
  readonly delistingReturn: number | null;
}

/** A stock of fifteen years takes about 5 MB. */
const KEPT_PATHS = 12;
/** Two years of sessions, 8 MB: whoever builds, tests and scores a model asks for the same sessions each time. */
const KEPT_SESSIONS = 504;

export function createMarketWorld(name: string | null, spec: MarketSpec): MarketWorld {
  let market: MarketPath | undefined;
  let members: readonly UniverseMember[] | undefined;
  const paths = createRecent<PricePath>(KEPT_PATHS);
  const marketMinutes = createRecent<MinutePath>(KEPT_SESSIONS);

  const theMarket = (): MarketPath => {
    market ??= simulateMarket(marketSymbolOf(name, { kind: "market" }), spec);
    return market;
  };
  const stock = (index: number): StockPath => {
    const draw = (): StockPath => simulateStock(marketSymbolOf(name, { kind: "stock", index }), theMarket(), memberOf(spec, index));
    return paths.get(`stock-${index}`, draw) as StockPath;
  };
  const path = (part: MarketPart): PricePath => {
    if (part.kind === "market") return theMarket();
    if (part.kind === "stock") return stock(part.index);
    return paths.get(part.index, () => volatilityIndexOf(marketSymbolOf(name, part), part.index, theMarket()));
  };
  const minuteRng = (key: string): KeyedRng => createKeyedRng(`simulated-minutes:${spec.seed}:${key}`);
  const minutes = (part: MarketPart, session: number): MinutePath => {
    if (part.kind === "index") return straightMinutes(path(part), session);
    if (part.kind === "market") return marketMinutes.get(String(session), () => simulateMinutes(theMarket(), session, minuteRng("market")));
    const own = stock(part.index);
    const around = { stock: own, market: theMarket(), minutes: minutes({ kind: "market" }, own.marketSession + session) };
    return simulateMinutes(own, session, minuteRng(String(part.index)), around);
  };

  return {
    spec,
    name,
    market: theMarket,
    stock,
    path,
    minutes,
    bars(part, cadence, window) {
      const found = path(part);
      const [from, to] = sessionsIn(found, window);
      const last = found.sessions.length - 1;
      const sessions = from < to ? Array.from({ length: to - from }, (_, i) => from + i) : [0, last];
      return barsOfPath({ path: found, cadence, sessions, minutesOf: (session) => minutes(part, session) });
    },
    universe() {
      members ??= Array.from({ length: MEMBER_COUNT }, (_, index): UniverseMember => {
        const { symbol, sessions, delisting } = stock(index);
        return {
          symbol,
          from: sessions[0]!,
          to: delisting === null ? null : NYSE.nextSession(delisting.lastSession),
          delistingReturn: delisting?.delistingReturn ?? null,
        };
      });
      return members;
    },
  };
}

/** Positions of the first session in a window and of the first one after it. @throws INVALID_PARAM for what is no date */
export function sessionsIn({ sessions }: PricePath, { start, end }: DateWindow): readonly [number, number] {
  const [first, last] = [start === null ? 0 : parseDate(start, "window.start"), end === null ? 99_999_999 : parseDate(end, "window.end")];
  const from = sessions.findIndex((date) => date >= first);
  const to = sessions.findIndex((date) => date >= last);
  return [from === -1 ? sessions.length : from, to === -1 ? sessions.length : to];
}
