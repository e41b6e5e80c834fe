import type { OptionRight } from "../../core/option-data.ts";
import { normalCdf } from "../../metrics/normal.ts";
import type { Smile } from "./smile.ts";

/**
 * Volatility at the money: at the strike that equals the forward, linear in strike between the nearest known put strike below
 * and call strike above.
 *
 * @returns a fraction a year; NaN unless there is one on each side: nothing is extrapolated
 */
export function atmVolatility({ slice, forward, iv }: Smile): number {
  const { strikes } = slice;
  let below = -1;
  for (let k = 0; k < strikes.length; k++) {
    if (Number.isNaN(iv[k]!)) continue;
    if (strikes[k]! === forward) return iv[k]!;
    if (strikes[k]! < forward) {
      below = k;
      continue;
    }
    if (below < 0) return Number.NaN;
    const share = (forward - strikes[below]!) / (strikes[k]! - strikes[below]!);
    return iv[below]! + share * (iv[k]! - iv[below]!);
  }
  return Number.NaN;
}

/**
 * Volatility of the call or put that has this delta: linear in delta between the two neighbouring strikes that embrace it, going
 * from the money outwards. Delta is the forward's, N(d1) with the strike's own volatility.
 *
 * @param delta - its size, 0 to 0.5: 0.25 for the 25-delta call and for the 25-delta put
 * @returns a fraction a year; NaN where no two known strikes embrace it
 */
export function wingVolatility({ slice, forward, iv }: Smile, right: OptionRight, delta: number): number {
  const { strikes, years } = slice;
  const deltas: number[] = [];
  const vols: number[] = [];
  const root = Math.sqrt(years);
  const [first, last, step] = right === 1 ? [0, strikes.length, 1] : [strikes.length - 1, -1, -1];
  for (let k = first; k !== last; k += step) {
    const vol = iv[k]!;
    if (Number.isNaN(vol)) continue;
    const distance = Math.log(forward / strikes[k]!);
    // Of the strikes in the money the last one before the forward is enough.
    if (right * distance > 0) deltas.length = vols.length = 0;
    const spread = vol * root;
    deltas.push(normalCdf(right * (distance / spread + spread / 2)));
    vols.push(vol);
  }
  return volatilityAtDelta(deltas, vols, delta);
}

/**
 * Linear in delta between the first two neighbouring points that embrace the target.
 *
 * @param deltas - sizes, from the money outwards
 * @returns NaN where none do: nothing is extrapolated
 */
export function volatilityAtDelta(deltas: readonly number[], vols: readonly number[], target: number): number {
  for (let k = 0; k < deltas.length; k++) {
    const [near, far] = [deltas[k - 1]!, deltas[k]!];
    if (far === target) return vols[k]!;
    if (near > target && far < target) return vols[k]! + ((target - far) / (near - far)) * (vols[k - 1]! - vols[k]!);
  }
  return Number.NaN;
}

/** Call less put, so that it is negative where protection costs more: equities. Vendors differ in the sign. */
export const riskReversal = (call: number, put: number): number => call - put;

/** How far the wings stand above the middle: half of call plus put, less the volatility at the money. */
export const butterfly = (call: number, put: number, atm: number): number => (call + put) / 2 - atm;
