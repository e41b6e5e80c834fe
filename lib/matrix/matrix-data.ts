import type { Bars, PriceSeries, SeriesFacts } from "../core/bars.ts";
import { NYSE } from "../core/calendar.ts";
import type { FlowCells, IvHistory, OptionChain, UnderlyingTape } from "../core/option-data.ts";
import { barEndOf } from "../core/session.ts";
import type { DateNumber } from "../core/time.ts";
import { sliceBars } from "./bars-window.ts";
import type { Membership } from "./universe/membership.ts";

/** Chain snapshots of the underlying, ascending by the moment they were known. */
interface ChainData {
  readonly snapshots: readonly OptionChain[];
  readonly facts: SeriesFacts;
}

/** At-the-money volatilities of past sessions, by tenor. */
interface IvHistoryData {
  readonly byTenor: ReadonlyMap<string, IvHistory>;
  readonly facts: SeriesFacts;
}

/** What was traded of same-day expiries, by bar and strike. */
interface FlowData {
  readonly cells: FlowCells;
  /**
   * Strikes that each session's chain listed in the morning, ascending; a session that is absent is unknown. Null = the source
   * does not say, and no later trade may stand for it.
   */
  readonly listed: ReadonlyMap<DateNumber, Float64Array> | null;
  readonly facts: SeriesFacts;
}

interface TapeData {
  readonly tape: UnderlyingTape;
  readonly facts: SeriesFacts;
}

/**
 * All data of one symbol's matrix. Beside its own bars it holds what its indicators, flags and label asked for; every set says
 * when each entry was known, so that the whole can be cut at a moment.
 */
export interface MatrixData {
  readonly series: PriceSeries;
  /** Bars of other symbols: external daily series such as VIX, benchmarks, other underlyings. */
  readonly others: readonly PriceSeries[];
  readonly chains: ChainData | null;
  readonly ivHistory: IvHistoryData | null;
  readonly flow: FlowData | null;
  readonly tape: TapeData | null;
  /** Bars of every member of the universe, the symbol itself among them; null outside a universe. */
  readonly universe: readonly UniverseSeries[] | null;
}

/** A member of a universe with its bars. */
export interface UniverseSeries {
  readonly membership: Membership;
  readonly series: PriceSeries;
}

/** The data of a matrix that reads its own bars only. */
export const barsOnly = (series: PriceSeries): MatrixData => ({
  series,
  others: [],
  chains: null,
  ivHistory: null,
  flow: null,
  tape: null,
  universe: null,
});

/** One data set of a matrix, as its fingerprint names it. */
export interface DataSource {
  readonly role: "bars" | "other" | "chains" | "iv_history" | "flow" | "tape";
  readonly symbol: string;
  readonly cadence: string | null;
  readonly facts: SeriesFacts;
}

/** Every data set of a matrix, the own bars first. */
export function dataSources({ series, others, chains, ivHistory, flow, tape }: MatrixData): DataSource[] {
  const ofBars = (role: "bars" | "other", { bars, facts }: PriceSeries): DataSource => ({
    role,
    symbol: bars.symbol,
    cadence: bars.cadence,
    facts,
  });
  const { symbol } = series.bars;
  return [
    ofBars("bars", series),
    ...others.map((other) => ofBars("other", other)),
    ...(chains === null ? [] : [{ role: "chains" as const, symbol, cadence: null, facts: chains.facts }]),
    ...(ivHistory === null ? [] : [{ role: "iv_history" as const, symbol, cadence: null, facts: ivHistory.facts }]),
    ...(flow === null ? [] : [{ role: "flow" as const, symbol, cadence: null, facts: flow.facts }]),
    ...(tape === null ? [] : [{ role: "tape" as const, symbol, cadence: null, facts: tape.facts }]),
  ];
}

/** When each bar was known: its end, or later where the source publishes later. */
export const availableAt = (bars: Bars): Float64Array => bars.availableAt ?? bars.end;

/**
 * The data as they were known at a moment: nothing that was published, quoted or traded later. Arrays are views.
 *
 * @param time - UTC milliseconds; what was known exactly then is kept
 */
export function dataUntil(data: MatrixData, time: number): MatrixData {
  return {
    // The own bars decide at their end, whenever their source publishes them.
    series: barsUntil(data.series, data.series.bars.end, time),
    others: data.others.map((other) => barsUntil(other, availableAt(other.bars), time)),
    chains:
      data.chains === null ? null : { ...data.chains, snapshots: data.chains.snapshots.slice(0, countUntil(data.chains.snapshots, time)) },
    ivHistory: data.ivHistory && {
      ...data.ivHistory,
      byTenor: new Map([...data.ivHistory.byTenor].map(([tenor, history]) => [tenor, historyUntil(history, time)])),
    },
    flow: data.flow === null ? null : flowUntil(data, data.flow, time),
    tape: data.tape === null ? null : { ...data.tape, tape: tapeUntil(data.tape.tape, time) },
    universe: data.universe?.map(({ membership, series }) => ({ membership, series: barsUntil(series, series.bars.end, time) })) ?? null,
  };
}

function barsUntil({ bars, facts }: PriceSeries, knownAt: Float64Array, time: number): PriceSeries {
  const known = firstAfter(knownAt, time);
  return known === bars.length ? { bars, facts } : { bars: sliceBars(bars, 0, known), facts };
}

function countUntil(snapshots: readonly OptionChain[], time: number): number {
  let low = 0;
  let high = snapshots.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (snapshots[middle]!.knownAt <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function historyUntil({ session, knownAt, value }: IvHistory, time: number): IvHistory {
  const length = firstAfter(knownAt, time);
  const cut = (column: Float64Array): Float64Array => column.subarray(0, length);
  return { length, session: cut(session), knownAt: cut(knownAt), value: cut(value) };
}

function flowUntil(data: MatrixData, flow: FlowData, time: number): FlowData {
  const { listed } = flow;
  return {
    ...flow,
    cells: sliceCells(flow.cells, cellsUntil(data, time)),
    listed: listed && new Map([...listed].filter(([session]) => NYSE.openOf(session) <= time)),
  };
}

/** Cells whose bar had ended. */
function cellsUntil({ series, flow }: MatrixData, time: number): number {
  const { barStart, length } = flow!.cells;
  let count = length;
  while (count > 0 && barEndOf(barStart[count - 1]!, series.bars.cadence) > time) count -= 1;
  return count;
}

/** The first `count` cells. */
function sliceCells(cells: FlowCells, count: number): FlowCells {
  const cut = (column: Float64Array): Float64Array => column.subarray(0, count);
  return {
    underlying: cells.underlying,
    length: count,
    barStart: cut(cells.barStart),
    strike: cut(cells.strike),
    callVolume: cut(cells.callVolume),
    putVolume: cut(cells.putVolume),
    callPremium: cut(cells.callPremium),
    putPremium: cut(cells.putPremium),
    callBought: cut(cells.callBought),
    callSold: cut(cells.callSold),
    putBought: cut(cells.putBought),
    putSold: cut(cells.putSold),
    callBoughtPremium: cut(cells.callBoughtPremium),
    putBoughtPremium: cut(cells.putBoughtPremium),
    callSoldPremium: cut(cells.callSoldPremium),
    putSoldPremium: cut(cells.putSoldPremium),
  };
}

function tapeUntil({ symbol, trades, quotes }: UnderlyingTape, time: number): UnderlyingTape {
  const traded = firstAfter(trades.ts, time);
  const quoted = firstAfter(quotes.ts, time);
  return {
    symbol,
    trades: {
      length: traded,
      ts: trades.ts.subarray(0, traded),
      price: trades.price.subarray(0, traded),
      size: trades.size.subarray(0, traded),
    },
    quotes: {
      length: quoted,
      ts: quotes.ts.subarray(0, quoted),
      bid: quotes.bid.subarray(0, quoted),
      ask: quotes.ask.subarray(0, quoted),
      bidSize: quotes.bidSize.subarray(0, quoted),
      askSize: quotes.askSize.subarray(0, quoted),
    },
  };
}

/** Position of the first value after a moment in an ascending array; its length when there is none. */
function firstAfter(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
