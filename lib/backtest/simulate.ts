import type { ExecutionTerms } from "./execution.ts";
import type { Instrument } from "./instrument.ts";
import type { RowRange } from "./row-range.ts";
import type { Tape } from "./tape.ts";
import { createTradeKernel, OPPOSITE_SIGNAL, type OrderCounts } from "./trade-kernel.ts";
import type { GrowingTradeLog, TradeLog } from "./trade-log.ts";

/** Decisions for each row of a tape: side 1, -1 or 0 (none), and the share of a full position. */
export interface Orders {
  readonly side: Int8Array;
  /** Which of the candidates of one time goes first: the larger; absent = the order of the symbols. */
  readonly rank?: Float64Array;
  /** Null = full size everywhere. */
  readonly size: Float64Array | null;
  readonly fold: Int8Array;
  /** 1 where the decision closes every open position; absent = nothing closes but a trade's own exit. */
  readonly close?: Uint8Array;
}

/** One account's life over a range. Returns are net of costs, on allocated capital, idle time included. */
export interface Simulation {
  readonly trades: TradeLog;
  readonly counts: OrderCounts;
  /** One for each session of the range, oldest first. */
  readonly dailyReturns: Float64Array;
  /** One for each decision time of the range; null where those are sessions. */
  readonly barReturns: Float64Array | null;
  readonly finalEquity: number;
  /** Mean share of equity in the market over the bars of the range, and the same with shorts negative. */
  readonly exposure: number;
  readonly netExposure: number;
}

/**
 * Trades a column of decisions, time after time, and marks the account at every session's close. The product of
 * 1 + daily returns equals 1 + the sum of the trades' P&L.
 *
 * Of the candidates of one time the more confident goes first, and of equal ones that of the earlier symbol.
 *
 * @param range - rows to live through; it starts and ends between decision times
 * @param instrument - what is traded; absent = the tape's shares
 * @param log - an empty log for the trades; absent = a new one
 */
export function simulate(
  tape: Tape,
  terms: ExecutionTerms,
  orders: Orders,
  range: RowRange,
  instrument?: Instrument,
  log?: GrowingTradeLog,
): Simulation {
  const { session, axis, time } = tape;
  const kernel = createTradeKernel(tape, terms, instrument, log);
  const firstSession = session[range.start]!;
  const sessions = range.end > range.start ? session[range.end - 1]! - firstSession + 1 : 0;
  const [firstTime, endTime] = range.end > range.start ? [time[range.start]!, time[range.end - 1]! + 1] : [0, 0];
  const bars = endTime - firstTime;
  const dailyReturns = new Float64Array(sessions);
  const barReturns = bars === sessions ? null : new Float64Array(bars);
  const { side, size, fold, close, rank } = orders;
  const candidates: number[] = [];
  const first = (a: number, b: number): number => (rank === undefined ? 0 : rank[b]! - rank[a]!) || a - b;
  let sessionEquity = 1;
  let barEquity = 1;
  // Whether anything was alive since the last session mark: an idle account's returns stay 0.
  let moved = false;
  for (let at = firstTime; at < endTime; at++) {
    const start = axis.start[at]!;
    const end = axis.start[at + 1]!;
    let alive = kernel.alive();
    if (alive) {
      kernel.begin(start);
      for (let row = start; row < end; row++) kernel.pass(row, close?.[row] === 1);
    }
    let wanted = 0;
    for (let row = start; row < end; row++) if (side[row] !== 0) candidates[wanted++] = row;
    if (wanted > 1) {
      candidates.length = wanted;
      candidates.sort(first);
    }
    for (let i = 0; i < wanted; i++) {
      const row = candidates[i]!;
      kernel.decide(row, side[row]!, size === null ? 1 : size[row]!, fold[row]!);
    }
    const row = end - 1;
    const last = at === endTime - 1;
    if (last) kernel.finish();
    alive ||= wanted > 0;
    moved ||= alive;
    if (!moved) continue;
    const closes = last || session[end] !== session[row];
    if (!closes && barReturns === null) continue;
    const equity = kernel.equity();
    if (barReturns !== null) {
      barReturns[at - firstTime] = change(barEquity, equity);
      barEquity = equity;
    }
    if (closes) {
      dailyReturns[session[row]! - firstSession] = change(sessionEquity, equity);
      sessionEquity = equity;
      moved = false;
    }
  }
  const { trades } = kernel;
  let exposure = 0;
  let netExposure = 0;
  const entryBar = terms.entry === "next_open" ? 1 : 0;
  for (let i = 0; i < trades.count; i++) {
    // Closed at an open, a trade has not lived through that bar.
    const lived = trades.exitKind[i] === OPPOSITE_SIGNAL ? 0 : entryBar;
    const share = ((time[trades.exitRow[i]!]! - time[trades.entryRow[i]!]! + lived) * trades.notional[i]!) / trades.equity[i]! / bars;
    exposure += share;
    netExposure += trades.side[i]! * share;
  }
  return { trades, counts: kernel.counts, dailyReturns, barReturns, finalEquity: kernel.equity(), exposure, netExposure };
}

/** Return between two marks. An account at or below zero is gone: the loss of it is -1, and then nothing happens. */
function change(before: number, after: number): number {
  if (before <= 0) return 0;
  return Math.max(after, 0) / before - 1;
}
