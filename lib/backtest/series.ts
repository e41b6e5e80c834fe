import { nextHole } from "../core/session-holes.ts";
import type { Matrix } from "../matrix/matrix.ts";

/** Sessions of the trailing volatility that targeting uses, and of the median dollar volume. */
const VOLATILITY_SESSIONS = 60;
const ADV_SESSIONS = 20;

/**
 * The bars of one symbol, adjusted: raw x factor, scaled to the first bar's factor, so that returns across splits and dividends
 * are right and no bar depends on a later action. One entry for each bar, oldest first; NaN = unknown.
 */
export interface Series {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** For each session of the symbol: date as 20240701, and its return, from last known close to last known close; NaN for the first. */
  readonly sessionDate: Float64Array;
  readonly sessionReturn: Float64Array;
  /** The number of each bar's session. */
  readonly session: Int32Array;
  /** For each bar, the next one after which sessions are missing from the data. */
  readonly nextHole: Float64Array;
  atr(period: number): Float64Array;
  volatility(): Float64Array;
  dollarVolume(): Float64Array;
}

/** Prepares the bars of one symbol. */
export function seriesOf(bars: Pick<Matrix, "open" | "high" | "low" | "close" | "volume" | "factor" | "sessionDate">): Series {
  const rows = bars.close.length;
  const scale = new Float64Array(rows);
  const base = bars.factor.find((factor) => factor > 0) ?? 1;
  for (let row = 0; row < rows; row++) scale[row] = bars.factor[row]! / base;
  const adjusted = (raw: Float64Array): Float64Array => raw.map((price, row) => price * scale[row]!);
  const [open, high, low, close] = [adjusted(bars.open), adjusted(bars.high), adjusted(bars.low), adjusted(bars.close)];

  const { dates, session, lastRow } = sessionsOf(bars.sessionDate);
  const sessions = dates.length;
  const sessionReturn = new Float64Array(sessions).fill(Number.NaN);
  const hole = nextHole(bars.sessionDate);
  let lastClose = Number.NaN;
  for (let row = 0, before = Number.NaN; row < rows; row++) {
    if (!Number.isNaN(close[row]!)) lastClose = close[row]!;
    if (lastRow[session[row]!] !== row) continue;
    const first = row === 0 ? row : lastRow[session[row]! - 1]!;
    const afterHole = session[row]! > 0 && hole[first] === first;
    sessionReturn[session[row]!] = afterHole ? Number.NaN : lastClose / before - 1;
    before = lastClose;
  }

  /** Sessions completed at the row's close. */
  const completed = (row: number): number => (lastRow[session[row]!] === row ? session[row]! + 1 : session[row]!);
  return {
    open,
    high,
    low,
    close,
    sessionDate: dates,
    sessionReturn,
    session,
    nextHole: hole,
    atr: (period) => wilderAtr(high, low, close, period),
    volatility() {
      const bySession = trailingVolatility(sessionReturn);
      return new Float64Array(rows).map((_, row) => bySession[completed(row)]!);
    },
    dollarVolume() {
      const traded = new Float64Array(sessions);
      for (let row = 0; row < rows; row++) {
        const s = session[row]!;
        traded[s] = traded[s]! + bars.close[row]! * bars.volume[row]!;
      }
      const bySession = trailingMedian(traded, ADV_SESSIONS);
      return new Float64Array(rows).map((_, row) => bySession[completed(row)]!);
    },
  };
}

/** The sessions of rows in time order: their dates, each row's session, and each session's last row. */
export function sessionsOf(sessionDate: Float64Array): {
  readonly dates: Float64Array;
  readonly session: Int32Array;
  readonly lastRow: Int32Array;
} {
  const session = new Int32Array(sessionDate.length);
  const dates: number[] = [];
  const lastRows: number[] = [];
  for (let row = 0; row < sessionDate.length; row++) {
    const date = sessionDate[row]!;
    if (dates.at(-1) !== date) {
      dates.push(date);
      lastRows.push(row);
    }
    lastRows[lastRows.length - 1] = row;
    session[row] = dates.length - 1;
  }
  return { dates: Float64Array.from(dates), session, lastRow: Int32Array.from(lastRows) };
}

/**
 * Wilder's average true range: a simple mean seeds it over the first `period` true ranges.
 *
 * @see Wilder, New Concepts in Technical Trading Systems (1978), section III
 */
function wilderAtr(high: Float64Array, low: Float64Array, close: Float64Array, period: number): Float64Array {
  const out = new Float64Array(close.length).fill(Number.NaN);
  let count = 0;
  let average = 0;
  for (let row = 1; row < close.length; row++) {
    const before = close[row - 1]!;
    const range = Math.max(high[row]! - low[row]!, Math.abs(high[row]! - before), Math.abs(low[row]! - before));
    if (Number.isNaN(range)) continue;
    count++;
    average += (range - average) / Math.min(count, period);
    if (count >= period) out[row] = average;
  }
  return out;
}

/** For s completed sessions: standard deviation (ddof 1) of the last returns, annual. Entry s uses sessions < s. */
function trailingVolatility(returns: Float64Array): Float64Array {
  const out = new Float64Array(returns.length + 1).fill(Number.NaN);
  for (let s = VOLATILITY_SESSIONS + 1; s <= returns.length; s++) {
    let mean = 0;
    for (let i = s - VOLATILITY_SESSIONS; i < s; i++) mean += returns[i]!;
    mean /= VOLATILITY_SESSIONS;
    let squares = 0;
    for (let i = s - VOLATILITY_SESSIONS; i < s; i++) squares += (returns[i]! - mean) ** 2;
    out[s] = Math.sqrt((squares / (VOLATILITY_SESSIONS - 1)) * 252);
  }
  return out;
}

/** For s completed sessions: median of the last `window` values. Entry s uses sessions < s. */
function trailingMedian(values: Float64Array, window: number): Float64Array {
  const out = new Float64Array(values.length + 1).fill(Number.NaN);
  for (let s = window; s <= values.length; s++) {
    const sorted = values.slice(s - window, s).sort();
    out[s] = (sorted[(window - 1) >> 1]! + sorted[window >> 1]!) / 2;
  }
  return out;
}
