const FLOATS = [
  "entryMs",
  "exitMs",
  "size",
  "entryPrice",
  "entryFill",
  "exitPrice",
  "exitFill",
  "stop",
  "target",
  "equity",
  "notional",
  "pnl",
  "costs",
  "netReturn",
  "tradedNotional",
  "cost",
  "slippageCost",
  "risk",
] as const;
const INTS = ["decisionRow", "entryRow", "exitRow", "fold"] as const;
const BYTES = ["exitKind", "ambiguous"] as const;

/**
 * Trades as columns in the order of their opening; the first `count` values count. `entryPrice` and `exitPrice` are
 * adjusted references before slippage, the fills are after it. `pnl`, `costs`, `notional`, `tradedNotional`
 * and `equity` are in units of the starting equity; `netReturn` is over the notional at entry; `cost`, `slippageCost`
 * and `risk` are over the equity at the decision. `stop` and `target` are NaN where there is none; `exitRow` is -1 while
 * a trade is open.
 */
export interface TradeLog
  extends Readonly<Record<(typeof FLOATS)[number], Float64Array>>,
    Readonly<Record<(typeof INTS)[number], Int32Array>>,
    Readonly<Record<(typeof BYTES)[number], Uint8Array>> {
  readonly side: Int8Array;
  readonly count: number;
}

/** A log that grows. Columns are replaced when it does: read them from the log, keep none. */
export interface GrowingTradeLog extends TradeLog {
  /** Makes room for a trade that opens. @returns its index */
  add(): number;
  /** Forgets its trades and keeps their room. */
  clear(): void;
}

export function createTradeLog(capacity = 128): GrowingTradeLog {
  const log = {
    ...allocate(capacity),
    count: 0,
    add(): number {
      if (log.count === log.side.length) {
        const wider = allocate(2 * log.count);
        for (const name of FLOATS) wider[name].set(log[name]);
        for (const name of INTS) wider[name].set(log[name]);
        for (const name of BYTES) wider[name].set(log[name]);
        wider.side.set(log.side);
        Object.assign(log, wider);
      }
      return log.count++;
    },
    clear(): void {
      log.count = 0;
    },
  };
  return log;
}

/** Two buffers for all wide columns: a sweep makes a log for each variant. */
function allocate(capacity: number) {
  const floats = new Float64Array(capacity * FLOATS.length);
  const ints = new Int32Array(capacity * INTS.length);
  const float = (i: number): Float64Array => floats.subarray(i * capacity, (i + 1) * capacity);
  const int = (i: number): Int32Array => ints.subarray(i * capacity, (i + 1) * capacity);
  return {
    entryMs: float(0),
    exitMs: float(1),
    size: float(2),
    entryPrice: float(3),
    entryFill: float(4),
    exitPrice: float(5),
    exitFill: float(6),
    stop: float(7),
    target: float(8),
    equity: float(9),
    notional: float(10),
    pnl: float(11),
    costs: float(12),
    netReturn: float(13),
    tradedNotional: float(14),
    cost: float(15),
    slippageCost: float(16),
    risk: float(17),
    decisionRow: int(0),
    entryRow: int(1),
    exitRow: int(2),
    fold: int(3),
    side: new Int8Array(capacity),
    exitKind: new Uint8Array(capacity),
    ambiguous: new Uint8Array(capacity),
  };
}
