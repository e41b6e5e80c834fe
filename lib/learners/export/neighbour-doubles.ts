const number = new Float64Array(1);
const bits = new BigInt64Array(number.buffer);

/**
 * The largest double below x, so that `v < x` and `v <= nextDown(x)` hold for the same doubles v.
 *
 * @param x - not NaN and not -Infinity
 */
export function nextDown(x: number): number {
  if (x === 0) return -Number.MIN_VALUE;
  number[0] = x;
  bits[0] = bits[0]! + (x > 0 ? -1n : 1n);
  return number[0];
}

/**
 * The smallest double above x, so that `v <= x` and `v < nextUp(x)` hold for the same doubles v.
 *
 * @param x - not NaN and not +Infinity
 */
export const nextUp = (x: number): number => -nextDown(-x);
