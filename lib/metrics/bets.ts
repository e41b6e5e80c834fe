/** Intervals of closed trades; equal lengths, epoch milliseconds. */
export interface TradeIntervals {
  readonly entryMs: Float64Array;
  readonly exitMs: Float64Array;
  readonly count?: number;
  /** With both: trades of different symbols that open in one session are one bet. */
  readonly entrySession?: Int32Array;
  readonly symbol?: Int32Array;
}

/**
 * Bets: unions of overlapping trade intervals, the number of independent decisions that a result rests on.
 *
 * Intervals are half-open, so a trade that opens in the instant in which the one before closes is a bet of its own.
 * Across a universe, trades of different symbols that open in the same session ride the same market move and count once.
 *
 * @returns at most the number of trades
 */
export function countBets(intervals: TradeIntervals): number {
  const { entryMs, exitMs, entrySession, symbol, count = entryMs.length } = intervals;
  const order = entryOrder(entryMs, count);
  const acrossSymbols = entrySession !== undefined && symbol !== undefined;

  let bets = 0;
  let end = Number.NEGATIVE_INFINITY;
  let session = Number.NaN;
  let firstSymbol = -1;
  let mixed = false;
  for (let k = 0; k < count; k += 1) {
    const i = order === undefined ? k : order[k]!;
    const sameMove = acrossSymbols && entrySession[i] === session && (mixed || symbol[i] !== firstSymbol);
    if (entryMs[i]! < end || sameMove) {
      if (exitMs[i]! > end) end = exitMs[i]!;
    } else {
      bets += 1;
      end = exitMs[i]!;
    }
    if (!acrossSymbols) continue;
    if (entrySession[i] === session) mixed ||= symbol[i] !== firstSymbol;
    else {
      session = entrySession[i]!;
      firstSymbol = symbol[i]!;
      mixed = false;
    }
  }
  return bets;
}

/** Indexes by entry time, or undefined when the columns are in that order already (the usual case costs nothing). */
function entryOrder(entryMs: Float64Array, count: number): Uint32Array | undefined {
  let sorted = true;
  for (let i = 1; i < count && sorted; i += 1) sorted = entryMs[i]! >= entryMs[i - 1]!;
  if (sorted) return undefined;
  return Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => entryMs[a]! - entryMs[b]! || a - b);
}
