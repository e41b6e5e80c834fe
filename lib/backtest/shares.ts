import type { ExecutionTerms } from "./execution.ts";
import { AT_LEVEL, AT_PAYOUT, type Instrument, type Settlement } from "./instrument.ts";
import type { Tape } from "./tape.ts";

const DAYS_PER_YEAR = 365;

/** The shares of the tape themselves: slippage and commission on each side, borrow on shorts by calendar days. */
export function createShares({ session, sessionDay }: Tape, terms: ExecutionTerms): Instrument {
  const slip = terms.slippageBps / 10_000;
  const commission = terms.commissionBps / 10_000;
  const borrowPerDay = terms.borrowBpsPerYear / 10_000 / DAYS_PER_YEAR;
  const settlement: Settlement = { fill: 0, cash: 0, pnl: 0, costs: 0, slippage: 0 };
  const dayOf = (row: number): number => sessionDay[session[row]!]!;
  const borrowOf = (position: { side: number; notional: number; entryDay: number }, row: number): number =>
    position.side > 0 ? 0 : borrowPerDay * position.notional * (dayOf(row) - position.entryDay);

  return {
    choose: () => true,
    expired: () => false,
    mark: () => {},
    open(position, order, row, price, at) {
      const { side } = position;
      // A limit fills at its price.
      const fill = at === AT_LEVEL ? price : price * (1 + side * slip);
      const quantity = order.notional / fill;
      position.quantity = quantity;
      position.fill = fill;
      position.notional = order.notional;
      position.entryDay = dayOf(row);
      position.entryFees = commission * order.notional;
      position.slippage = quantity * Math.abs(fill - price);
      return side * quantity * fill + position.entryFees;
    },
    risk: (position, distance) => position.quantity * distance,
    worth: (position, row) => position.side * position.quantity * position.mark - borrowOf(position, row),
    close(position, row, price, at) {
      const { side, quantity, entryFees } = position;
      // Nobody trades where holders are paid out.
      const fill = at === AT_PAYOUT ? price : price * (1 - side * slip);
      const exitFees = at === AT_PAYOUT ? 0 : commission * quantity * fill;
      const borrow = borrowOf(position, row);
      settlement.fill = fill;
      settlement.slippage = position.slippage + quantity * Math.abs(fill - price);
      settlement.cash = side * quantity * fill - exitFees - borrow;
      settlement.pnl = side * quantity * (fill - position.fill) - entryFees - exitFees - borrow;
      settlement.costs = settlement.slippage + entryFees + exitFees + borrow;
      return settlement;
    },
  };
}
