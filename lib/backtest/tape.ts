import { nextHole } from "../core/session-holes.ts";
import { dayNumberOf } from "../core/time.ts";
import type { Matrix } from "../matrix/matrix.ts";

/** Sessions of the trailing volatility that targeting uses, and of the median dollar volume. */
const VOLATILITY_SESSIONS = 60;
const ADV_SESSIONS = 20;

/**
 * Prices as a trader meets them, prepared once and shared by every variant. Prices are adjusted: raw x factor,
 * scaled to the first row's factor, so that returns across splits and dividends are right and no row depends on
 * a later action. All row arrays have `rows` entries; NaN = unknown.
 */
export interface Tape {
  readonly rows: number;
  readonly ts: Float64Array;
  readonly barStart: Float64Array;
  readonly hourEt: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Index of the row's session, from 0. */
  readonly session: Int32Array;
  readonly sessions: number;
  /** For each session: date as 20240701, calendar day number, last row. */
  readonly sessionDate: Float64Array;
  readonly sessionDay: Float64Array;
  readonly sessionLastRow: Int32Array;
  /** Return of each session, from last known close to last known close; NaN for the first. */
  readonly sessionReturn: Float64Array;
  /** Wilder's average true range known at each row's close, adjusted prices. */
  atr(period: number): Float64Array;
  /** For each row, the next row after which sessions are missing from the data: no trade spans that. */
  readonly nextHole: Float64Array;
  /** Annual volatility of the last 60 completed session returns, for each row; the row's session counts from its close. */
  volatility(): Float64Array;
  /** Median dollar volume of the last 20 completed sessions, raw prices, for each row. */
  dollarVolume(): Float64Array;
  /** A feature or bar column by its name in the matrix, or undefined. */
  column(name: string): Float64Array | undefined;
}

/** Prepares a matrix's bars for simulation. */
export function buildTape(matrix: Matrix): Tape {
  const { rows } = matrix;
  const scale = new Float64Array(rows);
  const base = matrix.factor.find((factor) => factor > 0) ?? 1;
  for (let row = 0; row < rows; row++) scale[row] = matrix.factor[row]! / base;
  const adjusted = (raw: Float64Array): Float64Array => raw.map((price, row) => price * scale[row]!);
  const [open, high, low, close] = [matrix.open, matrix.high, matrix.low, matrix.close].map(adjusted) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];

  const session = new Int32Array(rows);
  const dates: number[] = [];
  const lastRows: number[] = [];
  for (let row = 0; row < rows; row++) {
    const date = matrix.sessionDate[row]!;
    if (dates.at(-1) !== date) {
      dates.push(date);
      lastRows.push(row);
    }
    lastRows[lastRows.length - 1] = row;
    session[row] = dates.length - 1;
  }
  const sessions = dates.length;
  const sessionLastRow = Int32Array.from(lastRows);
  const sessionReturn = new Float64Array(sessions).fill(Number.NaN);
  const hole = nextHole(matrix.sessionDate);
  let lastClose = Number.NaN;
  for (let row = 0, before = Number.NaN; row < rows; row++) {
    if (!Number.isNaN(close[row]!)) lastClose = close[row]!;
    if (sessionLastRow[session[row]!] !== row) continue;
    const first = row === 0 ? row : sessionLastRow[session[row]! - 1]!;
    const afterHole = session[row]! > 0 && hole[first] === first;
    sessionReturn[session[row]!] = afterHole ? Number.NaN : lastClose / before - 1;
    before = lastClose;
  }

  const atrs = new Map<number, Float64Array>();
  const columns = new Map<string, Float64Array>(matrix.info.features.map(({ name }, i) => [name, matrix.features[i]!]));
  for (const name of ["open", "high", "low", "close", "volume"] as const) {
    if (!columns.has(name)) columns.set(name, matrix[name]);
  }
  columns.set("hour_et", matrix.hourEt).set("day_of_week", matrix.dayOfWeek);
  let volatility: Float64Array | undefined;
  let dollarVolume: Float64Array | undefined;
  /** Sessions completed at the row's close. */
  const completed = (row: number): number => (sessionLastRow[session[row]!] === row ? session[row]! + 1 : session[row]!);

  return {
    rows,
    ts: matrix.ts,
    barStart: matrix.barStart,
    hourEt: matrix.hourEt,
    open,
    high,
    low,
    close,
    session,
    sessions,
    sessionDate: Float64Array.from(dates),
    sessionDay: Float64Array.from(dates, dayNumberOf),
    sessionLastRow,
    sessionReturn,
    nextHole: hole,
    atr(period) {
      const known = atrs.get(period) ?? wilderAtr(high, low, close, period);
      atrs.set(period, known);
      return known;
    },
    volatility() {
      if (!volatility) {
        const bySession = trailingVolatility(sessionReturn);
        volatility = new Float64Array(rows).map((_, row) => bySession[completed(row)]!);
      }
      return volatility;
    },
    dollarVolume() {
      if (!dollarVolume) {
        const traded = new Float64Array(sessions);
        for (let row = 0; row < rows; row++) {
          const s = session[row]!;
          traded[s] = traded[s]! + matrix.close[row]! * matrix.volume[row]!;
        }
        const bySession = trailingMedian(traded, ADV_SESSIONS);
        dollarVolume = new Float64Array(rows).map((_, row) => bySession[completed(row)]!);
      }
      return dollarVolume;
    },
    column: (name) => columns.get(name),
  };
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
