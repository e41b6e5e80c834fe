import type { ExecutionTerms } from "./execution.ts";
import { AT_CLOSE, AT_LEVEL, AT_OPEN, AT_PAYOUT, type Instrument, type Order, type Position } from "./instrument.ts";
import type { Barriers } from "./label-trade.ts";
import { createShares } from "./shares.ts";
import { endsIn, type Tape } from "./tape.ts";
import { createTradeLog, type GrowingTradeLog, type TradeLog } from "./trade-log.ts";

const [LABEL_END, STOP, TARGET, TIME_STOP, END_OF_DATA] = [0, 1, 2, 3, 4] as const;
export const OPPOSITE_SIGNAL = 5;
const EXPIRY = 6;
const DELISTED = 7;

const MS_PER_MINUTE = 60_000;
/** A symbol that misses more sessions than a feed may is gone: what is held of it ends at its last known price. */
const MOST_MISSED_SESSIONS = 5;

/** What happened to the orders, in counts. */
export interface OrderCounts {
  /** Decisions that passed threshold, hours and cooldown while a position was free: what could have been filled. */
  candidates: number;
  filled: number;
  /** Refused because the target is nearer than `min_rr` stops. */
  refusedMinRr: number;
  /** Limit orders that the bar did not reach, bars without a price, and contracts that the selection or the capital refused. */
  unfilled: number;
  /** Refused because ATR, volatility or a size was unknown or zero. */
  refusedUnknown: number;
  /** Bars that touched both stop and target of a position: taken as the stop. */
  ambiguousBars: number;
  /** Bars in which a position with both a stop and a target was exposed. */
  bracketBars: number;
}

/**
 * A paper account that lives bar by bar: the one kernel behind backtests, the holdout look and live paper trading.
 * Equity starts at 1 and compounds. Positions belong to a symbol, limits and capital to the account.
 *
 * Time goes on decision time by decision time: `begin` once, then `pass` for each bar of that time, then `decide` for those that
 * want a trade, the more confident first. The tape is used up to those rows only, so a decision can never see a later bar.
 */
export interface TradeKernel {
  /**
   * Starts a decision time: what is held or ordered of symbols that have left the universe, or that are gone, ends.
   *
   * @param row - the first row of the time
   */
  begin(row: number): void;
  /**
   * Lets one bar happen to what is held and ordered of its symbol.
   *
   * @param closes - whether its signal closes every open position of the symbol, at the price at which an entry would fill
   */
  pass(row: number, closes: boolean): void;
  /**
   * Takes the decision of a bar's close.
   *
   * @param side - 1 buy, -1 sell
   * @param size - share of a full position, 0 to 1
   * @param fold - fold of the decision, kept with its trade
   */
  decide(row: number, side: number, size: number, fold: number): void;
  /** Whether a position or an order is alive: if not, equity does not change. */
  alive(): boolean;
  /** Closes what is open at the last known price. Only for evaluations that end. */
  finish(): void;
  /** Equity marked at the last row's close, positions at their last known price. */
  equity(): number;
  openPositions(): number;
  readonly trades: TradeLog;
  readonly counts: OrderCounts;
}

/** A position that stands for nothing yet. */
export const emptyPosition = (): Position => ({
  trade: 0,
  symbol: 0,
  side: 0,
  entryRow: 0,
  lastRow: 0,
  intrabar: false,
  stop: Number.NaN,
  target: Number.NaN,
  bracketed: false,
  closeStop: Number.NaN,
  closeTarget: Number.NaN,
  leaving: false,
  exitBar: 0,
  exitSession: 0,
  timeStopMs: 0,
  timeStopBar: 0,
  mark: 0,
  quantity: 0,
  fill: 0,
  notional: 0,
  entryDay: 0,
  entryFees: 0,
  slippage: 0,
  contract: -1,
  contracts: 0,
  premium: 0,
});

const noOrder = (): Order => ({ side: 0, notional: 0, size: 0, fold: 0, row: 0, equity: 0 });

/**
 * @param tape - prices; rows beyond the current one are never read
 * @param instrument - what is bought and sold when the underlying's bars say so; absent = its shares
 * @param trades - an empty log to write into; a new one by default
 */
export function createTradeKernel(
  tape: Tape,
  terms: ExecutionTerms,
  instrument: Instrument = createShares(tape, terms),
  trades: GrowingTradeLog = createTradeLog(),
): TradeKernel {
  const { open, high, low, close, ts, session, ownSession, symbol, bar, axis, time, stayEnd } = tape;
  const { brackets, entry, holdBars, maxPositions, trade: heldAs, barriers } = terms;
  const overnight = heldAs.kind === "overnight";
  const endsWithSession = heldAs.kind !== "bars";
  const touchedByClose = barriers?.touch === "close";
  const sessionEnds = heldAs.kind === "session_close" || terms.fillsAtSessionClose ? tape.sessionEnds() : undefined;
  const timeStopBars = brackets?.timeStopBars ?? null;
  const timeStopMinutes = brackets?.timeStopMinutes ?? null;
  const buffer = terms.orderType === "limit_buffer" ? terms.limitBufferBps / 10_000 : 0;
  const atr = brackets?.mode === "atr" ? tape.atr(brackets.atrPeriod) : undefined;
  const riskAtr = tape.atr(14);
  const volatility = terms.volatilityTarget === null ? undefined : tape.volatility();
  const regime = brackets?.regimeAdjust ? tape.column("vol_regime") : undefined;
  const counts: OrderCounts = {
    candidates: 0,
    filled: 0,
    refusedMinRr: 0,
    unfilled: 0,
    refusedUnknown: 0,
    ambiguousBars: 0,
    bracketBars: 0,
  };
  /** The first `openCount` are open, in the order of their entry; the others are kept for reuse. */
  const positions: Position[] = [];
  let openCount = 0;
  // One symbol's own bars are all the times there are.
  const mayLeave = tape.symbols > 1 || stayEnd !== null;
  /** The first `orderCount` wait for their symbol's next bar, in the order of their decision. */
  const orders: Order[] = [];
  let orderCount = 0;
  let cash = 1;
  let lastRow = 0;
  let lastDecisionMs = Number.NEGATIVE_INFINITY;
  let decisionMs = Number.NEGATIVE_INFINITY;
  let daySession = -1;
  let dayTrades = 0;

  const equityAt = (row: number): number => {
    let value = cash;
    for (let i = 0; i < openCount; i++) value += instrument.worth(positions[i]!, row);
    return value;
  };

  const exitMsOf = (kind: number, row: number, at: number): number => {
    if (at === AT_CLOSE || at === AT_PAYOUT) return ts[row]!;
    return kind === STOP || kind === TARGET ? intrabarMs(tape, row) : tape.barStart[row]!;
  };

  const closePosition = (position: Position, row: number, price: number, at: number, kind: number, ambiguous: boolean): true => {
    const { fill, cash: received, pnl, costs, slippage } = instrument.close(position, row, price, at);
    cash += received;
    const trade = position.trade;
    const equity = trades.equity[trade]!;
    trades.exitRow[trade] = row;
    trades.exitMs[trade] = Math.max(exitMsOf(kind, row, at), trades.entryMs[trade]!);
    trades.exitPrice[trade] = price;
    trades.exitFill[trade] = fill;
    trades.exitKind[trade] = kind;
    trades.ambiguous[trade] = ambiguous ? 1 : 0;
    trades.pnl[trade] = pnl;
    trades.costs[trade] = costs;
    trades.netReturn[trade] = pnl / position.notional;
    trades.tradedNotional[trade] = position.notional + position.quantity * fill;
    trades.cost[trade] = costs / equity;
    trades.slippageCost[trade] = slippage / equity;
    return true;
  };

  /** Lets bar `row` act on one position. @returns whether it closed */
  const manage = (position: Position, row: number): boolean => {
    const { side, stop, target } = position;
    // The bar at which it expired is not in the data.
    if (instrument.expired(position, tape.barStart[row]!)) return closePosition(position, row, position.mark, AT_OPEN, EXPIRY, false);
    position.lastRow = row;
    if (overnight && ownSession[row]! >= position.exitSession && open[row]! > 0)
      return closePosition(position, row, open[row]!, AT_OPEN, LABEL_END, false);
    if (position.leaving && open[row]! > 0) return closePosition(position, row, open[row]!, AT_OPEN, OPPOSITE_SIGNAL, false);
    if (position.bracketed) {
      const o = open[row]!;
      const gapped = row > position.entryRow;
      if (gapped && side * (o - stop) <= 0) return closePosition(position, row, o, AT_OPEN, STOP, false);
      if (gapped && side * (o - target) >= 0) return closePosition(position, row, o, AT_OPEN, TARGET, false);
      const against = side > 0 ? low[row]! : high[row]!;
      const favour = side > 0 ? high[row]! : low[row]!;
      const touchedStop = side * (against - stop) <= 0;
      const touchedTarget = side * (favour - target) >= 0 && !(position.intrabar && row === position.entryRow);
      if (!Number.isNaN(stop) && !Number.isNaN(target)) {
        counts.bracketBars++;
        if (touchedStop && touchedTarget) counts.ambiguousBars++;
      }
      if (touchedStop) return closePosition(position, row, stop, AT_LEVEL, STOP, touchedTarget);
      if (touchedTarget) return closePosition(position, row, target, AT_LEVEL, TARGET, false);
    }
    const c = close[row]!;
    if (Number.isNaN(c)) return false;
    position.mark = c;
    if (instrument.expired(position, ts[row]!)) return closePosition(position, row, c, AT_CLOSE, EXPIRY, false);
    if (touchedByClose && side * (c - position.closeStop) <= 0) return closePosition(position, row, c, AT_CLOSE, STOP, false);
    if (touchedByClose && side * (c - position.closeTarget) >= 0) return closePosition(position, row, c, AT_CLOSE, TARGET, false);
    if (bar[row]! >= position.exitBar || (endsWithSession && sessionIsOver(position, row)))
      return closePosition(position, row, c, AT_CLOSE, LABEL_END, false);
    if (bar[row]! >= position.timeStopBar || ts[row]! >= position.timeStopMs)
      return closePosition(position, row, c, AT_CLOSE, TIME_STOP, false);
    instrument.mark(position, row);
    return false;
  };

  /** Whether the last session of a trade to a session's close ends with the row, or ended without a price. */
  const sessionIsOver = ({ exitSession }: Position, row: number): boolean =>
    ownSession[row]! > exitSession || (ownSession[row] === exitSession && sessionEnds?.[row] === 1);

  /** Ends the positions for which `ends` says so, and keeps the order of the others. */
  const endPositions = (ends: (position: Position, row: number) => boolean, row: number): void => {
    let kept = 0;
    for (let i = 0; i < openCount; i++) {
      const position = positions[i]!;
      if (ends(position, row)) continue;
      if (kept !== i) {
        positions[i] = positions[kept]!;
        positions[kept] = position;
      }
      kept++;
    }
    openCount = kept;
  };

  /** Lets bar `row` act on the positions of its symbol, and keeps the order of those that stay. */
  const manageAll = (row: number): void => {
    let kept = 0;
    for (let i = 0; i < openCount; i++) {
      const position = positions[i]!;
      if (position.symbol === symbol[row] && manage(position, row)) continue;
      if (kept !== i) {
        positions[i] = positions[kept]!;
        positions[kept] = position;
      }
      kept++;
    }
    openCount = kept;
  };

  /** A signal of the other side ends what is open where an entry would fill: it opens nothing and prolongs nothing. */
  const closedBySignal = (position: Position, row: number): boolean => {
    const c = close[row]!;
    if (position.symbol !== symbol[row]) return false;
    if (entry === "next_open") position.leaving = true;
    else if (c > 0) return closePosition(position, row, c, AT_CLOSE, OPPOSITE_SIGNAL, false);
    return false;
  };

  /** Ends a position whose symbol is gone when the time of `row` begins: at its last known price, or at what holders got. */
  const hasLeft = (position: Position, row: number): boolean => {
    const { lastRow: last, mark } = position;
    if (!isGone(last, row)) return false;
    const end = stayEnd?.[last];
    const lost = end?.delistingReturn ?? null;
    if (lost === null || !endsIn(end!, tape.sessionDate[session[last]!]!))
      return closePosition(position, last, mark, AT_CLOSE, END_OF_DATA, false);
    return closePosition(position, last, mark * (1 + lost), AT_PAYOUT, DELISTED, false);
  };

  /** Whether a symbol seen last at a row is no member any more, or has missed more sessions than a feed may, when `row` begins. */
  const isGone = (last: number, row: number): boolean => {
    const end = stayEnd?.[last];
    if (end && tape.sessionDate[session[row]!]! >= end.session) return true;
    return session[row]! - session[last]! - 1 > MOST_MISSED_SESSIONS;
  };

  /** Opens an order at a reference price of the underlying. @returns whether it could be had there */
  const fillOrder = (order: Order, row: number, price: number, at: number, entryMs: number): boolean => {
    const { side } = order;
    const decision = order.row;
    const position = positions[openCount] ?? emptyPosition();
    positions[openCount] = position;
    position.symbol = symbol[row]!;
    position.trade = trades.count;
    position.side = side;
    position.entryRow = row;
    position.lastRow = row;
    position.mark = price;
    const paid = instrument.open(position, order, row, price, at);
    if (Number.isNaN(paid)) return false;
    openCount++;
    cash -= paid;
    const stopDistance = stopDistanceAt(decision, price);
    const targetDistance = targetDistanceAt(decision, stopDistance);
    const trade = trades.add();
    position.intrabar = at === AT_LEVEL;
    position.stop = price - side * stopDistance;
    position.target = price + side * targetDistance;
    position.closeStop = Number.NaN;
    position.closeTarget = Number.NaN;
    if (barriers !== null) setBarriers(position, barriers, price, tape.labelUnit[decision]!);
    position.bracketed = !Number.isNaN(position.stop) || !Number.isNaN(position.target);
    position.leaving = false;
    position.exitBar = heldAs.kind === "bars" ? bar[decision]! + holdBars : Number.POSITIVE_INFINITY;
    position.exitSession = exitSessionOf(decision);
    position.timeStopBar = timeStopBars === null ? Number.POSITIVE_INFINITY : bar[decision]! + timeStopBars;
    position.timeStopMs = timeStopMinutes === null ? Number.POSITIVE_INFINITY : entryMs + timeStopMinutes * MS_PER_MINUTE;
    const stop = Number.isNaN(position.stop) ? position.closeStop : position.stop;
    const risk = Number.isNaN(stop) ? riskAtr[decision]! : barriers === null ? stopDistance : Math.abs(price - stop);
    trades.decisionRow[trade] = decision;
    trades.entryRow[trade] = row;
    trades.exitRow[trade] = -1;
    trades.entryMs[trade] = entryMs;
    trades.side[trade] = side;
    trades.fold[trade] = order.fold;
    trades.size[trade] = order.size;
    trades.entryPrice[trade] = price;
    trades.entryFill[trade] = position.fill;
    trades.stop[trade] = stop;
    trades.target[trade] = Number.isNaN(position.target) ? position.closeTarget : position.target;
    trades.equity[trade] = order.equity;
    trades.notional[trade] = position.notional;
    trades.risk[trade] = instrument.risk(position, risk) / order.equity;
    counts.filled++;
    return true;
  };

  /** The last session of a trade that ends with one, by its number among the symbol's. */
  const exitSessionOf = (decision: number): number => {
    if (heldAs.kind === "bars") return Number.POSITIVE_INFINITY;
    return ownSession[decision]! + (heldAs.kind === "overnight" ? 1 : heldAs.sessions);
  };

  const stopDistanceAt = (row: number, price: number): number => {
    if (!brackets || brackets.stop === null) return Number.NaN;
    return brackets.mode === "percent" ? brackets.stop * price : brackets.stop * atr![row]! * regimeFactor(regime, row);
  };
  const targetDistanceAt = (row: number, stopDistance: number): number => {
    if (!brackets || brackets.target === null) return Number.NaN;
    return brackets.mode === "percent" ? brackets.target * stopDistance : brackets.target * atr![row]! * regimeFactor(regime, row);
  };

  /** Whether an order fills in its symbol's next bar. */
  const entersIn = (order: Order, row: number): boolean => {
    const o = open[row]!;
    const { side } = order;
    if (terms.orderType === "market") return o > 0 && fillOrder(order, row, o, AT_OPEN, tape.barStart[row]!);
    const limit = close[order.row]! * (1 + side * buffer);
    const reached = side > 0 ? low[row]! : high[row]!;
    if (side * (o - limit) <= 0) return fillOrder(order, row, o, AT_OPEN, tape.barStart[row]!);
    return side * (reached - limit) <= 0 && fillOrder(order, row, limit, AT_LEVEL, intrabarMs(tape, row));
  };

  /** Ends the orders for which `ends` says so. What did not fill where it should have, never does. */
  const endOrders = (ends: (order: Order, row: number) => boolean, row: number): void => {
    let kept = 0;
    for (let i = 0; i < orderCount; i++) {
      const order = orders[i]!;
      if (ends(order, row)) continue;
      if (kept !== i) {
        orders[i] = orders[kept]!;
        orders[kept] = order;
      }
      kept++;
    }
    orderCount = kept;
  };
  const met = (order: Order, row: number): boolean => {
    if (symbol[order.row] !== symbol[row]) return false;
    if (!entersIn(order, row)) counts.unfilled++;
    return true;
  };
  /** Whether an order for its session's close is done with: filled there, or unfilled when the session ended without a price. */
  const metAtClose = (order: Order, row: number): boolean => {
    if (symbol[order.row] !== symbol[row]) return false;
    const over = ownSession[row] !== ownSession[order.row];
    if (!over && sessionEnds![row] === 0) return false;
    const c = close[row]!;
    if (over || !(c > 0 && fillOrder(order, row, c, AT_CLOSE, ts[row]!))) counts.unfilled++;
    return true;
  };
  const lost = (order: Order, row: number): boolean => {
    if (!isGone(order.row, row)) return false;
    counts.unfilled++;
    return true;
  };

  const decide = (row: number, side: number, size: number, fold: number): void => {
    if (openCount + orderCount >= maxPositions) return;
    // Decisions of one time are one: the cooldown runs from the time before.
    const before = decisionMs < ts[row]! ? decisionMs : lastDecisionMs;
    if (ts[row]! - before < terms.cooldownMinutes * MS_PER_MINUTE) return;
    const nextTime = axis.start[time[row]! + 1]!;
    const entrySession = entry === "next_open" && nextTime < tape.rows ? session[nextTime]! : session[row]!;
    if (terms.sessionBound && heldAs.kind === "bars") {
      const exitRow = tape.rowAhead(row, holdBars);
      if (exitRow >= 0 && session[exitRow] !== session[row]) return;
    }
    if (entrySession !== daySession) {
      daySession = entrySession;
      dayTrades = 0;
    }
    if (dayTrades >= terms.maxTradesPerDay) return;
    counts.candidates++;
    const reward = rewardToRisk(terms);
    if (reward < (brackets?.minRr ?? 0)) {
      counts.refusedMinRr++;
      return;
    }
    const price = close[row]!;
    const equity = equityAt(row);
    const scale = volatility ? Math.min(1, terms.volatilityTarget! / volatility[row]!) : 1;
    const notional = equity * terms.capitalShare * size * scale;
    // A level that depends on an unknown ATR or sigma is unknown: no trade rather than an unprotected one.
    const needsAtr = atr !== undefined && Number.isNaN(atr[row]! * regimeFactor(regime, row));
    const needsUnit = barriers !== null && Number.isNaN(tape.labelUnit[row]!);
    if (!(notional > 0) || !(price > 0) || needsAtr || needsUnit) {
      counts.refusedUnknown++;
      return;
    }
    const order = orders[orderCount] ?? noOrder();
    orders[orderCount] = order;
    order.notional = notional;
    order.size = size * scale;
    order.fold = fold;
    order.row = row;
    order.equity = equity;
    order.side = side;
    if (!instrument.choose(order)) {
      counts.unfilled++;
      return;
    }
    if (decisionMs < ts[row]!) {
      lastDecisionMs = decisionMs;
      decisionMs = ts[row]!;
    }
    dayTrades++;
    if (entry === "next_open" || (terms.fillsAtSessionClose && sessionEnds![row] === 0)) orderCount++;
    else if (!fillOrder(order, row, price, AT_CLOSE, ts[row]!)) counts.unfilled++;
  };

  return {
    trades,
    counts,
    openPositions: () => openCount,
    equity: () => equityAt(lastRow),
    alive: () => openCount > 0 || orderCount > 0,
    begin(row) {
      if (!mayLeave) return;
      lastRow = row;
      if (orderCount > 0) endOrders(lost, row);
      if (openCount > 0) endPositions(hasLeft, row);
    },
    pass(row, closes) {
      lastRow = row;
      if (orderCount > 0 && entry === "next_open") endOrders(met, row);
      if (openCount > 0) {
        manageAll(row);
        if (closes) endPositions(closedBySignal, row);
      }
      // What fills at the close has not lived through the bar.
      if (orderCount > 0 && terms.fillsAtSessionClose) endOrders(metAtClose, row);
    },
    decide,
    finish() {
      orderCount = 0;
      for (let i = 0; i < openCount; i++)
        closePosition(positions[i]!, positions[i]!.lastRow, positions[i]!.mark, AT_CLOSE, END_OF_DATA, false);
      openCount = 0;
    },
  };
}

/**
 * Puts the label's barriers around a position. Touched within the bar, they are levels like any other, and the nearer of theirs and the
 * policy's holds; touched by close, they stand beside those.
 *
 * @param unit - sigma in which the distances count, known at the decision
 */
function setBarriers(position: Position, { up, down, touch }: Barriers, price: number, unit: number): void {
  const { side } = position;
  const stop = price * (side > 0 ? 1 - down * unit : 1 + up * unit);
  const target = price * (side > 0 ? 1 + up * unit : 1 - down * unit);
  if (touch === "close") {
    position.closeStop = stop;
    position.closeTarget = target;
    return;
  }
  if (!(side * (position.stop - stop) > 0)) position.stop = stop;
  if (!(side * (target - position.target) > 0)) position.target = target;
}

/** Target over stop distance of a variant; Infinity when either is left out. */
function rewardToRisk({ brackets }: ExecutionTerms): number {
  if (!brackets || brackets.stop === null || brackets.target === null) return Number.POSITIVE_INFINITY;
  return brackets.mode === "percent" ? brackets.target : brackets.target / brackets.stop;
}

/** A bar's high and low have no time of their own; its middle keeps an exit after its entry and before the close. */
function intrabarMs(tape: Tape, row: number): number {
  return (tape.barStart[row]! + tape.ts[row]!) / 2;
}

const REGIME_FACTORS = [0.8, 1, 1.25] as const;
/** What ATR distances are multiplied by at a row; NaN where the regime is unknown. */
export function regimeFactor(regime: Float64Array | undefined, row: number): number {
  return regime === undefined ? 1 : (REGIME_FACTORS[regime[row]!] ?? Number.NaN);
}
