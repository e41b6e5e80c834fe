import type { KeyedRng } from "../../../core/rng.ts";
import type { MarketPath } from "./market-path.ts";
import { bridgeExtreme, LEAST_MINUTE_VOLUME, type PricePath, TRADELESS } from "./price-path.ts";
import type { StockPath } from "./stock-path.ts";

/** The minutes of one session, in logs of the total-return price as their path is. */
export interface MinutePath {
  readonly length: number;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Shares, whole; they sum to the pieces'. */
  readonly volume: Float64Array;
}

/** Where a piece of a path lies in its session, and what its minutes must end at. */
interface Frame {
  /** Minutes after the session's open. */
  readonly from: number;
  readonly to: number;
  readonly open: number;
  readonly close: number;
  readonly high: number;
  readonly low: number;
  /** Standard deviation of one minute's move, and of the part of it that is drawn here. */
  readonly minuteDeviation: number;
  readonly ownDeviation: number;
}

/** A draft whose extremes are this close to the piece's (log of the ratio of reaches, up and down) is good enough. */
const CLOSE_ENOUGH = 0.5;
const MAX_DRAFTS = 6;

/**
 * Minutes between the ends of each piece: a Brownian bridge for the market, beta times the market's minutes plus an own bridge for
 * a stock. Of a few drafts the one is kept whose extremes come closest to the piece's; what lies beyond open and close is then
 * stretched to meet them exactly.
 *
 * @param rng - the minutes' generator of this symbol; it is moved to the session's own streams
 * @param around - of a stock: the same session of its market
 */
export function simulateMinutes(
  path: PricePath,
  session: number,
  rng: KeyedRng,
  around?: { stock: StockPath; market: MarketPath; minutes: MinutePath },
): MinutePath {
  const [first, end] = [path.firstPiece[session]!, path.firstPiece[session + 1]!];
  const { pieces } = path;
  const minutes = emptyMinutes(pieces.toMinute[end - 1]!);
  const draft = emptyMinutes(30);
  for (let p = first; p < end; p++) {
    const frame = frameOf(path, p, around?.stock);
    const base = around === undefined ? undefined : baseOf(around, p, frame);
    rng.seek(path.sessions[session]!, frame.from);
    let nearest = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < MAX_DRAFTS && nearest > CLOSE_ENOUGH; attempt++) {
      drawDraft(frame, base, rng, draft);
      const distance = distanceToExtremes(frame, draft);
      if (attempt > 0 && distance >= nearest) continue;
      nearest = distance;
      keep(draft, frame, minutes);
    }
    stretch(frame, minutes);
    spreadVolume(frame, pieces.volume[p]!, rng, minutes);
  }
  return minutes;
}

function frameOf({ pieces }: PricePath, p: number, stock: StockPath | undefined): Frame {
  const [from, to] = [pieces.fromMinute[p]!, pieces.toMinute[p]!];
  const perMinute = Math.sqrt(1 / (to - from - TRADELESS));
  const minuteDeviation = pieces.deviation[p]! * perMinute;
  return {
    from,
    to,
    open: pieces.open[p]!,
    close: pieces.close[p]!,
    high: pieces.high[p]!,
    low: pieces.low[p]!,
    minuteDeviation,
    ownDeviation: stock === undefined ? minuteDeviation : stock.ownDeviation[p]! * perMinute,
  };
}

/**
 * What the market's minutes give a stock, as distances from the straight line between the ends of the piece: two values a
 * minute, at its open and close.
 */
function baseOf(
  { stock, market, minutes }: { stock: StockPath; market: MarketPath; minutes: MinutePath },
  p: number,
  { from, to }: Frame,
): Float64Array {
  const base = new Float64Array(2 * (to - from));
  const { beta } = stock.member;
  const m = p + stock.marketOffset;
  const open = market.pieces.open[m]!;
  const slope = (market.pieces.close[m]! - open) / (to - from - TRADELESS);
  for (let i = from; i < to; i++) {
    const at = i - from;
    base[2 * at] = beta * (minutes.open[i]! - open - slope * at);
    base[2 * at + 1] = beta * (minutes.close[i]! - open - slope * (at + 1 - TRADELESS));
  }
  return base;
}

/** A bridge from the piece's open to its close, with each minute's own extremes. */
function drawDraft(frame: Frame, base: Float64Array | undefined, rng: KeyedRng, draft: MinutePath): void {
  const { from, to, open, close, ownDeviation } = frame;
  const count = to - from;
  const total = count - TRADELESS;
  const slope = (close - open) / total;
  // Distance from the straight line; time runs in minutes since the piece's first trade.
  let bridge = 0;
  let at = 0;
  const move = (time: number): void => {
    const left = total - at;
    bridge = left - time <= 1e-9 ? 0 : bridge * (1 - time / left) + ownDeviation * Math.sqrt((time * (left - time)) / left) * rng.normal();
    at += time;
  };
  const inMinute = frame.minuteDeviation * Math.sqrt(1 - TRADELESS);
  for (let i = 0; i < count; i++) {
    if (i > 0) move(TRADELESS);
    const first = i === 0 ? open : open + slope * at + bridge + (base?.[2 * i] ?? 0);
    move(1 - TRADELESS);
    const last = i === count - 1 ? close : open + slope * at + bridge + (base?.[2 * i + 1] ?? 0);
    draft.open[i] = first;
    draft.close[i] = last;
    draft.high[i] = bridgeExtreme(first, last, inMinute, rng.uniform(), 1);
    draft.low[i] = bridgeExtreme(first, last, inMinute, rng.uniform(), -1);
  }
}

/** How far the reaches of a draft are from the piece's: sum of the absolute logs of their ratios, up and down. */
function distanceToExtremes({ from, to, open, close, high, low }: Frame, draft: MinutePath): number {
  const [upper, lower] = [Math.max(open, close), Math.min(open, close)];
  let top = upper;
  let bottom = lower;
  for (let i = 0; i < to - from; i++) {
    top = Math.max(top, draft.high[i]!);
    bottom = Math.min(bottom, draft.low[i]!);
  }
  return Math.abs(Math.log((top - upper) / (high - upper))) + Math.abs(Math.log((lower - bottom) / (lower - low)));
}

function keep(draft: MinutePath, { from, to }: Frame, minutes: MinutePath): void {
  const count = to - from;
  minutes.open.set(draft.open.subarray(0, count), from);
  minutes.high.set(draft.high.subarray(0, count), from);
  minutes.low.set(draft.low.subarray(0, count), from);
  minutes.close.set(draft.close.subarray(0, count), from);
}

/** Stretches what lies above the higher end to reach the piece's high, and what lies below the lower end to reach its low. */
function stretch({ from, to, open, close, high, low }: Frame, minutes: MinutePath): void {
  const [upper, lower] = [Math.max(open, close), Math.min(open, close)];
  let top = from;
  let bottom = from;
  for (let i = from + 1; i < to; i++) {
    if (minutes.high[i]! > minutes.high[top]!) top = i;
    if (minutes.low[i]! < minutes.low[bottom]!) bottom = i;
  }
  const up = (high - upper) / (minutes.high[top]! - upper);
  const down = (lower - low) / (lower - minutes.low[bottom]!);
  for (const column of [minutes.open, minutes.high, minutes.low, minutes.close]) {
    for (let i = from; i < to; i++) {
      const value = column[i]!;
      if (value > upper) column[i] = Math.min(upper + (value - upper) * up, high);
      else if (value < lower) column[i] = Math.max(lower - (lower - value) * down, low);
    }
  }
  // The last bit too: a rounded price must not miss the piece's by a cent.
  minutes.high[top] = high;
  minutes.low[bottom] = low;
}

/** Whole shares that sum to the piece's: more in minutes that moved more. */
function spreadVolume({ from, to, minuteDeviation }: Frame, volume: number, rng: KeyedRng, minutes: MinutePath): void {
  let total = 0;
  for (let i = from; i < to; i++) {
    const moved = Math.abs(minutes.close[i]! - minutes.open[i]!) / minuteDeviation;
    minutes.volume[i] = (0.6 + 0.5 * moved) * (0.5 + rng.uniform());
    total += minutes.volume[i]!;
  }
  const spare = volume - LEAST_MINUTE_VOLUME * (to - from);
  let sum = 0;
  let given = 0;
  for (let i = from; i < to; i++) {
    sum += minutes.volume[i]!;
    const upTo = i === to - 1 ? spare : Math.floor((sum / total) * spare);
    minutes.volume[i] = LEAST_MINUTE_VOLUME + upTo - given;
    given = upTo;
  }
}

function emptyMinutes(length: number): MinutePath {
  const column = (): Float64Array => new Float64Array(length);
  return { length, open: column(), high: column(), low: column(), close: column(), volume: column() };
}
