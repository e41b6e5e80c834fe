import { selectSmallest } from "./order-statistic.ts";

/** Fewest trades for the mean of the worst 5 %: one trade. */
export const MIN_ES95_TRADES = 20;
/** Fewest trades for its ratio to the mean losing trade. */
export const MIN_ES95_MULT_TRADES = 100;

/**
 * Expected shortfall at 95 %: mean of the worst ceil(5 %) of the trade returns.
 *
 * @param returns - net return of each trade, fraction; not changed
 * @param count - how many of them are read
 * @returns fraction, usually negative; NaN under `MIN_ES95_TRADES` trades
 */
export function expectedShortfall95(returns: Float64Array, count = returns.length): number {
  if (count < MIN_ES95_TRADES) return Number.NaN;
  const worst = Math.ceil(0.05 * count - 1e-9);
  const scratch = returns.slice(0, count);
  selectSmallest(scratch, count, worst);
  // The order of the selected values is arbitrary; a sorted sum does not depend on it.
  const tail = scratch.subarray(0, worst).sort();
  let sum = 0;
  for (let i = 0; i < worst; i += 1) sum += tail[i]!;
  return sum / worst;
}

/**
 * How much worse the tail is than an ordinary losing trade: es95 over the mean losing trade, both negative.
 *
 * @returns NaN under `MIN_ES95_MULT_TRADES` trades or without a losing trade
 */
export function expectedShortfallMultiple(es95: number, averageLoss: number, trades: number): number {
  return trades < MIN_ES95_MULT_TRADES ? Number.NaN : es95 / averageLoss;
}
