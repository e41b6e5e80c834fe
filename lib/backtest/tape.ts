import { NYSE } from "../core/calendar.ts";
import { type DateNumber, dayNumberOf } from "../core/time.ts";
import type { Matrix, UniverseStay } from "../matrix/matrix.ts";
import { type Series, seriesOf, sessionsOf } from "./series.ts";
import { type TimeAxis, timeAxis } from "./time-axis.ts";

/**
 * Prices as a trader meets them, prepared once and shared by every variant: the bars of one symbol, or of the members of a
 * universe, time after time. Prices are adjusted: raw x factor, scaled to the factor of the symbol's first row, so that returns
 * across splits and dividends are right and no row depends on a later action. All row arrays have `rows` entries; NaN = unknown.
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
  /** The distinct decision times, and the index of each row's. */
  readonly axis: TimeAxis;
  readonly time: Int32Array;
  /** How many symbols there are, and which one each row is of. */
  readonly symbols: number;
  readonly symbol: Int32Array;
  /** Number of each row's bar among its symbol's own, from 0. */
  readonly bar: Int32Array;
  /** The row of the same symbol a number of its bars later; -1 past its last one. */
  rowAhead(row: number, bars: number): number;
  /** The row of each symbol's first bar in each session, symbol after symbol; -1 where it has none. */
  firstBars(): Int32Array;
  /** How each row's stay in the universe ends; null where it does not, or where there is no universe. */
  readonly stayEnd: readonly (StayEnd | null)[] | null;
  /** Index of the row's session, from 0. */
  readonly session: Int32Array;
  /** Number of each row's session among those of its symbol, from 0. */
  readonly ownSession: Int32Array;
  /** 1 at bars that end with their session, by the calendar; off the calendar, at the last one that there is. */
  sessionEnds(): Uint8Array;
  readonly sessions: number;
  /** For each session: date as 20240701, calendar day number, last row. */
  readonly sessionDate: Float64Array;
  readonly sessionDay: Float64Array;
  readonly sessionLastRow: Int32Array;
  /**
   * Return of each session, from last known close to last known close; NaN for the first. Of a universe: the mean over the members
   * that have one in that session, so equal weights, rebalanced daily; a delisting return is one of the session after the last.
   */
  readonly sessionReturn: Float64Array;
  /** Wilder's average true range known at each row's close, adjusted prices. */
  atr(period: number): Float64Array;
  /** For each row, the number of its symbol's next bar after which sessions are missing from the data: no trade spans that. */
  readonly nextHole: Float64Array;
  /** Annual volatility of the symbol's last 60 completed session returns, for each row; the row's session counts from its close. */
  volatility(): Float64Array;
  /** Median dollar volume of the symbol's last 20 completed sessions, raw prices, for each row. */
  dollarVolume(): Float64Array;
  /** A feature or bar column by its name in the matrix, or undefined. */
  column(name: string): Float64Array | undefined;
  /** What the label's question counts in at each row; NaN where it puts none (see the matrix). */
  readonly labelUnit: Float64Array;
}

/** The end of a stay in a universe. */
export interface StayEnd {
  /** First session after the stay, as 20240701. */
  readonly session: DateNumber;
  /** What holders of the symbol got after its last close, a fraction; null = it was not delisted, or nobody knows. */
  readonly delistingReturn: number | null;
}

/** Prepares a matrix's bars for simulation. */
export function buildTape(matrix: Matrix): Tape {
  const { rows } = matrix;
  const axis = timeAxis(matrix.ts);
  const { dates, session, lastRow } = sessionsOf(matrix.sessionDate);
  const own = rowsBySymbol(matrix);
  const series = own.map((list) => seriesOf(own.length === 1 ? matrix : barsOf(matrix, list)));
  /** A column of all rows from one of each symbol. */
  const laidOut = (columnOf: (series: Series) => Float64Array): Float64Array => {
    if (series.length === 1) return columnOf(series[0]!);
    const out = new Float64Array(rows);
    for (const [symbol, list] of own.entries()) {
      const column = columnOf(series[symbol]!);
      for (let bar = 0; bar < list.length; bar++) out[list[bar]!] = column[bar]!;
    }
    return out;
  };
  const bar = new Int32Array(rows);
  for (const list of own) for (let i = 0; i < list.length; i++) bar[list[i]!] = i;
  const time = new Int32Array(rows);
  for (let t = 0; t < axis.times.length; t++) time.fill(t, axis.start[t]!, axis.start[t + 1]!);
  const symbol = Int32Array.from(matrix.symbolIndex);
  const stayEnd = matrix.info.stays === null ? null : stayEnds(matrix, matrix.info.stays);

  const atrs = new Map<number, Float64Array>();
  const columns = new Map<string, Float64Array>(matrix.info.features.map(({ name }, i) => [name, matrix.features[i]!]));
  for (const name of ["open", "high", "low", "close", "volume"] as const) {
    if (!columns.has(name)) columns.set(name, matrix[name]);
  }
  columns.set("hour_et", matrix.hourEt).set("day_of_week", matrix.dayOfWeek);
  let volatility: Float64Array | undefined;
  let dollarVolume: Float64Array | undefined;
  let firstBars: Int32Array | undefined;
  let sessionEnds: Uint8Array | undefined;
  return {
    rows,
    ts: matrix.ts,
    barStart: matrix.barStart,
    hourEt: matrix.hourEt,
    open: laidOut(({ open }) => open),
    high: laidOut(({ high }) => high),
    low: laidOut(({ low }) => low),
    close: laidOut(({ close }) => close),
    axis,
    time,
    symbols: own.length,
    symbol,
    bar,
    rowAhead: (row, bars) => own[symbol[row]!]![bar[row]! + bars] ?? -1,
    firstBars() {
      if (firstBars === undefined) {
        firstBars = new Int32Array(own.length * dates.length).fill(-1);
        for (let row = rows - 1; row >= 0; row--) firstBars[symbol[row]! * dates.length + session[row]!] = row;
      }
      return firstBars;
    },
    stayEnd,
    session,
    ownSession: series.length === 1 ? session : Int32Array.from(laidOut(({ session: number }) => Float64Array.from(number))),
    sessionEnds() {
      sessionEnds ??= endsOfSessions(matrix, session, lastRow);
      return sessionEnds;
    },
    sessions: dates.length,
    sessionDate: dates,
    sessionDay: dates.map(dayNumberOf),
    sessionLastRow: lastRow,
    sessionReturn: matrix.info.stays === null && series.length === 1 ? series[0]!.sessionReturn : meanReturns(dates, series, own, stayEnd),
    nextHole: laidOut(({ nextHole }) => nextHole),
    atr(period) {
      const known = atrs.get(period) ?? laidOut((one) => one.atr(period));
      atrs.set(period, known);
      return known;
    },
    volatility() {
      volatility ??= laidOut((one) => one.volatility());
      return volatility;
    },
    dollarVolume() {
      dollarVolume ??= laidOut((one) => one.dollarVolume());
      return dollarVolume;
    },
    column: (name) => columns.get(name),
    labelUnit: matrix.labelUnit,
  };
}

function endsOfSessions({ ts, sessionDate }: Matrix, session: Int32Array, lastRow: Int32Array): Uint8Array {
  const closes = Float64Array.from(lastRow, (row) => (NYSE.isSession(sessionDate[row]!) ? NYSE.closeOf(sessionDate[row]!) : ts[row]!));
  return Uint8Array.from(ts, (end, row) => (end >= closes[session[row]!]! ? 1 : 0));
}

/** Rows of each symbol, ascending. A symbol may have none in a part of a matrix. */
function rowsBySymbol({ rows, symbolIndex, info }: Matrix): Int32Array[] {
  if (info.symbols.length === 1) return [Int32Array.from({ length: rows }, (_, row) => row)];
  const counts = new Int32Array(info.symbols.length);
  for (let row = 0; row < rows; row++) counts[symbolIndex[row]!]! += 1;
  const own = Array.from(counts, (count) => new Int32Array(count));
  const next = new Int32Array(own.length);
  for (let row = 0; row < rows; row++) own[symbolIndex[row]!]![next[symbolIndex[row]!]!++] = row;
  return own;
}

function barsOf(matrix: Matrix, list: Int32Array): Parameters<typeof seriesOf>[0] {
  const take = (column: Float64Array): Float64Array => Float64Array.from(list, (row) => column[row]!);
  const { open, high, low, close, volume, factor, sessionDate } = matrix;
  return {
    open: take(open),
    high: take(high),
    low: take(low),
    close: take(close),
    volume: take(volume),
    factor: take(factor),
    sessionDate: take(sessionDate),
  };
}

/** The end of the stay that each row lies in. */
function stayEnds({ rows, symbolIndex, sessionDate }: Matrix, stays: readonly (readonly UniverseStay[])[]): (StayEnd | null)[] {
  const ends = stays.map((list) =>
    list.map(({ to, delistingReturn }): StayEnd | null => (to === null ? null : { session: to, delistingReturn })),
  );
  return Array.from({ length: rows }, (_, row) => {
    const index = symbolIndex[row]!;
    const at = stays[index]!.findIndex(({ from, to }) => inStay(sessionDate[row]!, from, to));
    return at < 0 ? null : ends[index]![at]!;
  });
}

const inStay = (session: DateNumber, from: DateNumber | null, to: DateNumber | null): boolean =>
  (from === null || session >= from) && (to === null || session < to);

/** Whether a symbol whose last bar lies in a session was delisted right after it, so that its delisting return follows. */
export const endsIn = ({ session }: StayEnd, lastSession: DateNumber): boolean => NYSE.nextSession(lastSession) === session;

/** For each session the mean of the returns that members have in it; NaN where none has one. */
function meanReturns(
  dates: Float64Array,
  series: readonly Series[],
  own: readonly Int32Array[],
  stayEnd: readonly (StayEnd | null)[] | null,
): Float64Array {
  const sum = new Float64Array(dates.length);
  const count = new Int32Array(dates.length);
  const add = (at: number, value: number): void => {
    if (at >= dates.length || Number.isNaN(value)) return;
    sum[at]! += value;
    count[at]! += 1;
  };
  for (const [symbol, { sessionDate, sessionReturn }] of series.entries()) {
    let at = 0;
    for (let s = 0; s < sessionDate.length; s++) {
      while (dates[at]! < sessionDate[s]!) at++;
      add(at, sessionReturn[s]!);
    }
    const last = own[symbol]!.at(-1);
    const end = last === undefined ? null : (stayEnd?.[last] ?? null);
    const delisted = end !== null && end.delistingReturn !== null && endsIn(end, sessionDate.at(-1)!);
    if (delisted) add(at + 1, end.delistingReturn!);
  }
  return sum.map((value, at) => value / count[at]!);
}
