import type { DateNumber } from "../../../core/time.ts";
import type { CorporateAction } from "../../actions.ts";

/**
 * A simulated price, coarsely: each session in pieces of a half hour or, where a jump cuts one, less. Prices are logarithms of
 * the total-return price, as if no share had ever been split and every dividend reinvested. Minutes are drawn later, between a
 * piece's open and close and exactly up to its extremes, so that all bar sizes agree.
 */
export interface PricePath {
  readonly symbol: string;
  readonly sessions: readonly DateNumber[];
  /** Where each session's pieces begin; one entry more than sessions. */
  readonly firstPiece: Int32Array;
  readonly pieces: Pieces;
  /** Per session: log of the raw price over the total-return price. */
  readonly logScale: Float64Array;
  /** In order of their dates, each known at the open of its date. */
  readonly actions: readonly CorporateAction[];
}

/** Columns with an entry for each piece. */
export interface Pieces {
  /** Minutes after the session's open. */
  readonly fromMinute: Int16Array;
  readonly toMinute: Int16Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Standard deviation of the close's distance from the open, known at the open. */
  readonly deviation: Float64Array;
  /** Shares traded, of the session's own share count. */
  readonly volume: Float64Array;
}

/** Share of a minute that lies between its last trade and the next minute's first. */
export const TRADELESS = 0.1;

/** Shares that a minute trades at least: enough for a trade every ten seconds and one at the close. */
export const LEAST_MINUTE_VOLUME = 7;

/** A raw price from a log, in whole cents, at least one. Rounding is monotone: extremes stay extremes. */
export function toCents(logPrice: number): number {
  return Math.max(Math.round(Math.exp(logPrice) * 100) / 100, 0.01);
}

/**
 * The highest (side 1) or lowest (side -1) value of a Brownian path between two values.
 *
 * @param deviation - standard deviation of the path's end, not bridged
 * @param uniform - in [0, 1)
 * @see Glasserman, Monte Carlo Methods in Financial Engineering (2004), section 6.4 (maximum of a Brownian bridge)
 */
export function bridgeExtreme(from: number, to: number, deviation: number, uniform: number, side: 1 | -1): number {
  const move = (to - from) * side;
  return from + (side * (move + Math.sqrt(move * move - 2 * deviation * deviation * Math.log(1 - uniform)))) / 2;
}

/** Columns for so many pieces, to be filled and cut. */
export function emptyPieces(capacity: number): Pieces {
  const column = (): Float64Array => new Float64Array(capacity);
  return {
    fromMinute: new Int16Array(capacity),
    toMinute: new Int16Array(capacity),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    deviation: column(),
    volume: column(),
  };
}

/** The first `count` pieces, copied. */
export function cutPieces(pieces: Pieces, count: number): Pieces {
  return {
    fromMinute: pieces.fromMinute.slice(0, count),
    toMinute: pieces.toMinute.slice(0, count),
    open: pieces.open.slice(0, count),
    high: pieces.high.slice(0, count),
    low: pieces.low.slice(0, count),
    close: pieces.close.slice(0, count),
    deviation: pieces.deviation.slice(0, count),
    volume: pieces.volume.slice(0, count),
  };
}

/** Raw close of a session, US dollars. */
export function rawCloseOf(path: PricePath, session: number): number {
  return toCents(path.pieces.close[path.firstPiece[session + 1]! - 1]! + path.logScale[session]!);
}

/** Position of a session of the path; -1 when it has none of this date. */
export function sessionPosition(path: PricePath, date: DateNumber): number {
  let low = 0;
  let high = path.sessions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (path.sessions[middle]! < date) low = middle + 1;
    else high = middle;
  }
  return path.sessions[low] === date ? low : -1;
}
