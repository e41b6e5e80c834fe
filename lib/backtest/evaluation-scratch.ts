import { createTradeLog, type GrowingTradeLog } from "./trade-log.ts";

/** Facts of each trade that its log does not have, for the metrics; only the first values count. */
interface TradeFacts {
  readonly hour: Uint8Array;
  readonly entrySession: Int32Array;
  readonly symbol: Int32Array;
  readonly advBps: Float64Array;
}

/**
 * Memory that one evaluation after another works in, so that a sweep of thousands leaves little garbage behind. What an
 * evaluation gives back of its trades lies in here: it counts until the next evaluation with the same scratch. One for each
 * path where several are compared.
 */
export interface EvaluationScratch {
  /** An empty log. */
  trades(): GrowingTradeLog;
  /** The columns of `Orders`, one value a row, all 0. */
  side(rows: number): Int8Array;
  size(rows: number): Float64Array;
  close(rows: number): Uint8Array;
  /** With room for `count`; what they hold is left over. */
  facts(count: number): TradeFacts;
}

/** Memory that is used again and again. */
export function createScratch(): EvaluationScratch {
  let log: GrowingTradeLog | undefined;
  let side = new Int8Array(0);
  let size = new Float64Array(0);
  let close = new Uint8Array(0);
  let facts = tradeFacts(0);
  return {
    trades() {
      log ??= createTradeLog();
      log.clear();
      return log;
    },
    side(rows) {
      side = side.length === rows ? side.fill(0) : new Int8Array(rows);
      return side;
    },
    size(rows) {
      size = size.length === rows ? size.fill(0) : new Float64Array(rows);
      return size;
    },
    close(rows) {
      close = close.length === rows ? close.fill(0) : new Uint8Array(rows);
      return close;
    },
    facts(count) {
      if (facts.hour.length < count) facts = tradeFacts(2 * count);
      return facts;
    },
  };
}

/** New memory for every evaluation: what it gives back stays. */
export const FRESH: EvaluationScratch = {
  trades: () => createTradeLog(),
  side: (rows) => new Int8Array(rows),
  size: (rows) => new Float64Array(rows),
  close: (rows) => new Uint8Array(rows),
  facts: tradeFacts,
};

function tradeFacts(count: number): TradeFacts {
  return {
    hour: new Uint8Array(count),
    entrySession: new Int32Array(count),
    symbol: new Int32Array(count),
    advBps: new Float64Array(count),
  };
}
