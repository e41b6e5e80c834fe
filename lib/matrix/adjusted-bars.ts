import type { Bars } from "../core/bars.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { describeInstant } from "./instant.ts";

/** Bars on one scale, that of the first bar, and the way back to the prices as they read at each row. */
export interface AdjustedBars {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Raw volume over the scale, so that price x volume stays what was traded. */
  readonly volume: Float64Array;
  /** factor(t) / factor(first): a price-unit column divided by it reads as of row t, a volume-unit column times it. */
  readonly scale: Float64Array;
  /** Whether the series knows any action; without one every array is the raw one. */
  readonly hasActions: boolean;
}

/**
 * Prices adjusted for the actions up to each bar. The scale at a bar is a ratio of two factors, both of the past, so
 * nothing depends on later actions: a vendor that rescales its whole history after one leaves every ratio alone.
 *
 * @throws DATA_INVALID when a factor is not a positive number
 */
export function adjustBars(bars: Bars): AdjustedBars {
  const { length, open, high, low, close, volume, factor } = bars;
  const scale = new Float64Array(length);
  let hasActions = false;
  for (let i = 0; i < length; i++) {
    const value = factor[i]!;
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
      const found = `the adjustment factor of the bar that ends ${describeInstant(bars.end[i]!)} is "${value}"`;
      throw new SigmaError(
        "DATA_INVALID",
        `Adjustment factors of "${bars.symbol}" must be positive numbers; ${found}. Import the data again.`,
        {
          symbol: bars.symbol,
          bar: i,
        },
      );
    }
    scale[i] = value / factor[0]!;
    if (scale[i] !== 1) hasActions = true;
  }
  if (!hasActions) return { open, high, low, close, volume, scale, hasActions };
  const times = (column: Float64Array): Float64Array => column.map((value, i) => value * scale[i]!);
  const adjustedVolume = volume.map((value, i) => value / scale[i]!);
  return { open: times(open), high: times(high), low: times(low), close: times(close), volume: adjustedVolume, scale, hasActions };
}
