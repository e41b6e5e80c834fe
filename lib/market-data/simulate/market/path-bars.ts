import type { Bars, Cadence } from "../../../core/bars.ts";
import { NYSE } from "../../../core/calendar.ts";
import { barStartsOf } from "../../../core/session.ts";
import type { MinutePath } from "./minute-path.ts";
import { type PricePath, toCents } from "./price-path.ts";

/** Bars of some sessions of a path: raw cents, with the cumulative factor of splits and dividends. */
export interface BarsOrder {
  readonly path: PricePath;
  readonly cadence: Cadence;
  /** Positions in the path, ascending. */
  readonly sessions: readonly number[];
  /** The minutes of a session of the path; asked for in order, and only for bars shorter than half an hour. */
  readonly minutesOf: (session: number) => MinutePath;
}

/**
 * Daily and hourly bars are read off the pieces, shorter ones off the minutes. As minutes end where their pieces end and reach
 * exactly as far, any size rolls up to any larger one.
 */
export function barsOfPath({ path, cadence, sessions, minutesOf }: BarsOrder): Bars {
  const starts: number[] = [];
  const ends: number[] = [];
  const rowsUntil: number[] = [];
  for (const t of sessions) {
    const date = path.sessions[t]!;
    const bars = barStartsOf(date, cadence);
    for (let i = 0; i < bars.length; i++) {
      starts.push(bars[i]!);
      ends.push(bars[i + 1] ?? NYSE.closeOf(date));
    }
    rowsUntil.push(starts.length);
  }
  const length = starts.length;
  const column = (): Float64Array => new Float64Array(length);
  const bars: Bars = {
    symbol: path.symbol,
    cadence,
    length,
    start: Float64Array.from(starts),
    end: Float64Array.from(ends),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    factor: column(),
  };
  const coarse = cadence === "daily" || cadence === "hourly";
  let row = 0;
  for (const [i, t] of sessions.entries()) {
    const rows = { bars, from: row, to: rowsUntil[i]!, open: NYSE.openOf(path.sessions[t]!) };
    if (coarse) fillFromPieces(rows, path, t);
    else fillFromMinutes(rows, minutesOf(t), path.logScale[t]!);
    const factor = Math.exp(-path.logScale[t]!);
    for (; row < rows.to; row++) bars.factor[row] = factor;
  }
  return bars;
}

interface SessionRows {
  readonly bars: Bars;
  /** First row of the session and the row after its last. */
  readonly from: number;
  readonly to: number;
  /** The session's open, UTC milliseconds. */
  readonly open: number;
}

function fillFromPieces(rows: SessionRows, path: PricePath, session: number): void {
  const { pieces } = path;
  const scale = path.logScale[session]!;
  let p = path.firstPiece[session]!;
  for (let row = rows.from; row < rows.to; row++) {
    const endMinute = (rows.bars.end[row]! - rows.open) / 60_000;
    const first = p;
    let high = Number.NEGATIVE_INFINITY;
    let low = Number.POSITIVE_INFINITY;
    let volume = 0;
    for (; p < path.firstPiece[session + 1]! && pieces.fromMinute[p]! < endMinute; p++) {
      high = Math.max(high, pieces.high[p]!);
      low = Math.min(low, pieces.low[p]!);
      volume += pieces.volume[p]!;
    }
    write(rows.bars, row, { open: pieces.open[first]!, high, low, close: pieces.close[p - 1]!, volume }, scale);
  }
}

function fillFromMinutes(rows: SessionRows, minutes: MinutePath, scale: number): void {
  let i = 0;
  for (let row = rows.from; row < rows.to; row++) {
    const endMinute = (rows.bars.end[row]! - rows.open) / 60_000;
    const first = i;
    let high = Number.NEGATIVE_INFINITY;
    let low = Number.POSITIVE_INFINITY;
    let volume = 0;
    for (; i < endMinute; i++) {
      high = Math.max(high, minutes.high[i]!);
      low = Math.min(low, minutes.low[i]!);
      volume += minutes.volume[i]!;
    }
    write(rows.bars, row, { open: minutes.open[first]!, high, low, close: minutes.close[i - 1]!, volume }, scale);
  }
}

interface LogBar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

function write(bars: Bars, row: number, bar: LogBar, scale: number): void {
  bars.open[row] = toCents(bar.open + scale);
  bars.high[row] = toCents(bar.high + scale);
  bars.low[row] = toCents(bar.low + scale);
  bars.close[row] = toCents(bar.close + scale);
  bars.volume[row] = bar.volume;
}
