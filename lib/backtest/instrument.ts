/**
 * Where in a bar something happens: at its open, at a level inside it that its high or low reached, or at its close; or after the
 * last bar of a delisted symbol, when its holders are paid out and nothing is traded.
 */
export const [AT_OPEN, AT_LEVEL, AT_CLOSE, AT_PAYOUT] = [0, 1, 2, 3] as const;

/** What an account holds of one trade. The kernel knows when it must go; its instrument knows what it is worth. */
export interface Position {
  trade: number;
  /** Index of the symbol among those of the tape. */
  symbol: number;
  /** 1 gains when the underlying rises, -1 when it falls. */
  side: number;
  entryRow: number;
  /** The symbol's last row that the position has lived through. */
  lastRow: number;
  /** Whether the entry came inside the entry bar, at a limit: its high or low may be older than the fill. */
  intrabar: boolean;
  /** Levels of the underlying, adjusted prices; NaN = none. */
  stop: number;
  target: number;
  bracketed: boolean;
  /** Levels at which a close ends it, whatever the bar met before; NaN = none. */
  closeStop: number;
  closeTarget: number;
  /** Whether it leaves at the next known open. */
  leaving: boolean;
  /** The hold's end and the time stop, by the number of the symbol's bar; or by that of its session. Infinity = not by this. */
  exitBar: number;
  exitSession: number;
  timeStopMs: number;
  timeStopBar: number;
  /** Last known price of the underlying, adjusted. */
  mark: number;
  /** Shares, or shares that option contracts stand for. */
  quantity: number;
  /** Price of one of them as filled, and what they cost together, in units of the starting equity. */
  fill: number;
  notional: number;
  entryDay: number;
  /** Commissions and fees paid at the entry. */
  entryFees: number;
  /** Slippage, and the half spread of options, paid at the entry. */
  slippage: number;
  /** Options only: place of the contract in the contract tape, whole contracts, and their last known price a share. */
  contract: number;
  contracts: number;
  premium: number;
}

/** Order of the last close that fills in the next bar, or at once. */
export interface Order {
  /** 0 = there is none. */
  side: number;
  /** What it may cost: the position's notional in shares, the most premium in options. */
  notional: number;
  size: number;
  fold: number;
  /** Row of the decision. */
  row: number;
  equity: number;
}

/** What a closed position leaves, in units of the starting equity. */
export interface Settlement {
  /** Price after costs, in the unit of the position's `fill`. */
  fill: number;
  /** What the account receives. */
  cash: number;
  pnl: number;
  costs: number;
  /** The part of `costs` that is slippage or half a spread. */
  slippage: number;
}

/**
 * What a trade is made of: how it opens, what it is worth and how it closes. When it does, the kernel says, from the
 * underlying's bars. Nothing later than the row that it is called for may be read.
 */
export interface Instrument {
  /** Chooses what the order will buy, with what was known at its decision. @returns whether there is such a thing */
  choose(order: Order): boolean;
  /**
   * Fills the order: sets quantity, fill, notional, fees and slippage of a position whose trade, side and entry row are set.
   *
   * @param price - the underlying's, adjusted, before slippage
   * @param at - where in the bar
   * @returns what the account pays; NaN when it cannot be filled, and then nothing was set
   */
  open(position: Position, order: Order, row: number, price: number, at: number): number;
  /** What an open position can lose at its stop. @param distance - from entry to stop, or one ATR, of the underlying */
  risk(position: Position, distance: number): number;
  /** Value of a position at a row's close, less what it owes by then. */
  worth(position: Position, row: number): number;
  /** Takes note of a row's close, which is known, of a position that stays open. */
  mark(position: Position, row: number): void;
  /** Whether it has ended by itself at a moment, UTC ms: a contract that expired. */
  expired(position: Position, ms: number): boolean;
  /** The last settlement; the next one overwrites it. @param at - where in the bar */
  close(position: Position, row: number, price: number, at: number): Settlement;
}
