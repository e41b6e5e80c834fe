/** What is known of a trade when it opens. */
export interface TradeOpening {
  readonly decisionRow: number;
  readonly row: number;
  readonly ms: number;
  readonly side: number;
  readonly fold: number;
  readonly size: number;
  readonly price: number;
  readonly fill: number;
  readonly stop: number;
  readonly target: number;
  readonly equity: number;
  readonly notional: number;
  readonly risk: number;
}

/** What is known of it when it closes. Money is in units of the starting equity. */
export interface TradeClosing {
  readonly row: number;
  readonly ms: number;
  readonly price: number;
  readonly fill: number;
  readonly kind: number;
  readonly ambiguous: boolean;
  readonly pnl: number;
  readonly costs: number;
  readonly slippage: number;
  readonly exitNotional: number;
  readonly notional: number;
}

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

type Columns = Record<(typeof FLOATS)[number], Float64Array> &
  Record<(typeof INTS)[number], Int32Array> & { side: Int8Array; exitKind: Uint8Array; ambiguous: Uint8Array };

/**
 * Trades as columns in the order of their opening; the first `count` values count. `entryPrice` and `exitPrice` are
 * adjusted references before slippage, the fills are after it. `pnl`, `costs`, `notional` and `equity` are in units
 * of the starting equity; `netReturn` is over the notional at entry; `tradedNotional`, `cost`, `slippageCost` and
 * `risk` are over the equity at the decision. `stop` and `target` are NaN where there is none.
 */
export interface TradeLog extends Readonly<Columns> {
  readonly count: number;
  open(trade: TradeOpening): void;
  close(index: number, trade: TradeClosing): void;
}

export function createTradeLog(capacity = 128): TradeLog {
  const log = new GrowingTradeLog(capacity);
  return log as unknown as TradeLog;
}

class GrowingTradeLog {
  count = 0;
  private columns: Columns;

  constructor(capacity: number) {
    this.columns = allocate(capacity);
    Object.assign(this, this.columns);
  }

  open(trade: TradeOpening): void {
    if (this.count === this.columns.side.length) this.grow();
    const { columns, count: i } = this;
    columns.decisionRow[i] = trade.decisionRow;
    columns.entryRow[i] = trade.row;
    columns.entryMs[i] = trade.ms;
    columns.side[i] = trade.side;
    columns.fold[i] = trade.fold;
    columns.size[i] = trade.size;
    columns.entryPrice[i] = trade.price;
    columns.entryFill[i] = trade.fill;
    columns.stop[i] = trade.stop;
    columns.target[i] = trade.target;
    columns.equity[i] = trade.equity;
    columns.notional[i] = trade.notional;
    columns.risk[i] = trade.risk;
    columns.exitRow[i] = -1;
    this.count++;
  }

  close(i: number, trade: TradeClosing): void {
    const { columns } = this;
    const equity = columns.equity[i]!;
    columns.exitRow[i] = trade.row;
    columns.exitMs[i] = Math.max(trade.ms, columns.entryMs[i]!);
    columns.exitPrice[i] = trade.price;
    columns.exitFill[i] = trade.fill;
    columns.exitKind[i] = trade.kind;
    columns.ambiguous[i] = trade.ambiguous ? 1 : 0;
    columns.pnl[i] = trade.pnl;
    columns.costs[i] = trade.costs;
    columns.netReturn[i] = trade.pnl / trade.notional;
    columns.tradedNotional[i] = (trade.notional + trade.exitNotional) / equity;
    columns.cost[i] = trade.costs / equity;
    columns.slippageCost[i] = trade.slippage / equity;
  }

  private grow(): void {
    const wider = allocate(this.columns.side.length * 2);
    for (const name of Object.keys(wider) as (keyof Columns)[]) wider[name].set(this.columns[name]);
    this.columns = wider;
    Object.assign(this, wider);
  }
}

/** One buffer for all columns: a sweep makes a log for each variant. */
function allocate(capacity: number): Columns {
  const floats = new Float64Array(capacity * FLOATS.length);
  const ints = new Int32Array(capacity * INTS.length);
  const columns: Partial<Record<keyof Columns, Float64Array | Int32Array | Int8Array | Uint8Array>> = {
    side: new Int8Array(capacity),
    exitKind: new Uint8Array(capacity),
    ambiguous: new Uint8Array(capacity),
  };
  for (const [i, name] of FLOATS.entries()) columns[name] = floats.subarray(i * capacity, (i + 1) * capacity);
  for (const [i, name] of INTS.entries()) columns[name] = ints.subarray(i * capacity, (i + 1) * capacity);
  return columns as Columns;
}
