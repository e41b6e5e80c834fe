import type { IndicatorInputs } from "./inputs.ts";
import { newColumn } from "./kernels/columns.ts";
import { beginsMidSession, sessionPosition } from "./session-series.ts";

/**
 * Volume-weighted mean of the typical price (high + low + close) / 3 over the session so far, and the volume-weighted
 * standard deviation around it. NaN at an unknown bar, which is left out, before anything was traded, and in a first
 * session whose beginning is missing.
 *
 * @see West, Updating Mean and Variance Estimates: An Improved Method (1979), for the weighted update
 */
export function sessionVwap(inputs: IndicatorInputs): { mean: Float64Array; deviation: Float64Array } {
  let made: { mean: Float64Array; deviation: Float64Array } | undefined;
  const both = () => {
    made ??= weigh(inputs);
    return made;
  };
  return {
    mean: inputs.shared.get("session:vwap", () => both().mean),
    deviation: inputs.shared.get("session:vwap_deviation", () => both().deviation),
  };
}

function weigh(inputs: IndicatorInputs): { mean: Float64Array; deviation: Float64Array } {
  const { length, high, low, close, volume } = inputs;
  const position = sessionPosition(inputs);
  const mean = newColumn(length);
  const deviation = newColumn(length);
  const firstKnown = beginsMidSession(inputs) ? 1 : 0;
  let session = -1;
  let weight = 0;
  let average = 0;
  let squares = 0;
  for (let i = 0; i < length; i++) {
    if (position[i] !== session) {
      session = position[i]!;
      weight = 0;
      squares = 0;
    }
    const price = close[i]! + (high[i]! - close[i]! + (low[i]! - close[i]!)) / 3;
    const traded = volume[i]!;
    const known = !Number.isNaN(price + traded);
    if (known && traded > 0) {
      if (weight === 0) average = price;
      weight += traded;
      const distance = price - average;
      average += (traded / weight) * distance;
      squares += traded * distance * (price - average);
    }
    const defined = known && weight > 0 && session >= firstKnown;
    mean[i] = defined ? average : Number.NaN;
    deviation[i] = defined ? Math.sqrt(squares / weight) : Number.NaN;
  }
  return { mean, deviation };
}
