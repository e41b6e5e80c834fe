import type { MarketPath } from "./market-path.ts";
import type { MinutePath } from "./minute-path.ts";
import type { Pieces, PricePath } from "./price-path.ts";
import { expectedVariances } from "./volatility.ts";

/** Horizons of the indices, calendar days. */
const HORIZON_DAYS = { VIX: 30, VIX3M: 93 } as const;
export type VolatilityIndex = keyof typeof HORIZON_DAYS;

const SESSIONS_PER_YEAR = 252;
const DAYS_PER_YEAR = 365;

/**
 * An index of the market's implied volatility at a constant horizon, in percent a year: the at-the-money volatility that the
 * option chains are quoted with. It has a level at the ends of each piece and runs straight between them; it has no volume.
 */
export function volatilityIndexOf(symbol: string, index: VolatilityIndex, market: MarketPath): PricePath {
  const { drivers, model, spec } = market;
  const years = HORIZON_DAYS[index] / DAYS_PER_YEAR;
  const horizon = new Float64Array([years * SESSIONS_PER_YEAR]);
  const variance = new Float64Array(1);
  const level = (slow: number, fast: number): number => {
    expectedVariances(model, slow, fast, horizon, variance);
    return Math.log(100 * spec.options.premium * Math.sqrt(variance[0]! / years));
  };
  const length = market.pieces.open.length;
  const pieces: Pieces = {
    fromMinute: market.pieces.fromMinute,
    toMinute: market.pieces.toMinute,
    open: Float64Array.from({ length }, (_, p) => level(drivers.slowAtOpen[p]!, drivers.fastAtOpen[p]!)),
    close: Float64Array.from({ length }, (_, p) => level(drivers.slowAtClose[p]!, drivers.fastAtClose[p]!)),
    high: new Float64Array(length),
    low: new Float64Array(length),
    deviation: new Float64Array(length),
    volume: new Float64Array(length).fill(Number.NaN),
  };
  for (let p = 0; p < length; p++) {
    pieces.high[p] = Math.max(pieces.open[p]!, pieces.close[p]!);
    pieces.low[p] = Math.min(pieces.open[p]!, pieces.close[p]!);
  }
  return {
    symbol,
    sessions: market.sessions,
    firstPiece: market.firstPiece,
    pieces,
    logScale: new Float64Array(market.sessions.length),
    actions: [],
  };
}

/** The minutes of such an index: a straight line from a piece's open to its close. */
export function straightMinutes({ pieces, firstPiece }: PricePath, session: number): MinutePath {
  const end = firstPiece[session + 1]!;
  const length = pieces.toMinute[end - 1]!;
  const column = (): Float64Array => new Float64Array(length);
  const minutes: MinutePath = { length, open: column(), high: column(), low: column(), close: column(), volume: column().fill(Number.NaN) };
  for (let p = firstPiece[session]!; p < end; p++) {
    const [from, to] = [pieces.fromMinute[p]!, pieces.toMinute[p]!];
    const at = (minute: number): number => {
      const share = (minute - from) / (to - from);
      return (1 - share) * pieces.open[p]! + share * pieces.close[p]!;
    };
    for (let i = from; i < to; i++) {
      const [open, close] = [at(i), at(i + 1)];
      minutes.open[i] = open;
      minutes.close[i] = close;
      minutes.high[i] = Math.max(open, close);
      minutes.low[i] = Math.min(open, close);
    }
  }
  return minutes;
}
