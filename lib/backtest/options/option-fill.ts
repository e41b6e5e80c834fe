/** Shares that one contract stands for. */
export const SHARES_PER_CONTRACT = 100;

/** What crossing costs beyond half the spread, dollars a share. */
const EXTRA_USD = 0.01;

/** Spread that stands in where there was no quote: the larger of a nickel and a tenth of the price. */
const MODELLED_SPREAD_USD = 0.05;
const MODELLED_SPREAD_SHARE = 0.1;

/** Half the spread that is assumed around a price without a quote, dollars a share. */
export function modelledHalfSpread(price: number): number {
  return 0.5 * Math.max(MODELLED_SPREAD_USD, MODELLED_SPREAD_SHARE * price);
}

/**
 * What a buyer pays: mid + factor x (half the spread + 0.01), dollars a share. A quote of .97 at 1.03 is bought at 1.04.
 *
 * @param factor - 1 = as stated; 0.5 optimistic, 2 pessimistic
 */
export function buyPrice(mid: number, halfSpread: number, factor: number): number {
  return mid + factor * (halfSpread + EXTRA_USD);
}

/** What a seller gets: mid - factor x (half the spread + 0.01), never below 0. A quote of .97 at 1.03 is sold at .96. */
export function sellPrice(mid: number, halfSpread: number, factor: number): number {
  return Math.max(0, mid - factor * (halfSpread + EXTRA_USD));
}
