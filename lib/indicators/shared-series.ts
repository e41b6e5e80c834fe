import type { IndicatorInputs } from "./inputs.ts";
import { newColumn } from "./kernels/columns.ts";
import { directionalIndex, directionalIndicators } from "./kernels/directional.ts";
import { ema, relativeStrengthIndex, wilder, wilderInPlace } from "./kernels/recursive.ts";
import { rollingMax, rollingMean, rollingMin, rollingMoments, rollingRegression } from "./kernels/rolling.ts";
import { rollingShape } from "./kernels/rolling-shape.ts";
import { rollingLinearMean } from "./kernels/weighted.ts";

/** True range: the bar's range widened to the previous close; NaN on the first bar. */
export function trueRange(inputs: IndicatorInputs): Float64Array {
  return inputs.shared.get("true_range", () => newTrueRange(inputs));
}

/** Wilder's average of the true range. Makes its own range and smooths it in place: memory costs more than the range. */
export function averageTrueRange(inputs: IndicatorInputs, window: number): Float64Array {
  return inputs.shared.get(`atr:${window}`, () => wilderInPlace(newTrueRange(inputs), window));
}

function newTrueRange({ length, high, low, close }: IndicatorInputs): Float64Array {
  const out = newColumn(length);
  if (length > 0) out[0] = Number.NaN;
  let before = close[0]!;
  for (let i = 1; i < length; i++) {
    out[i] = Math.max(high[i]!, before) - Math.min(low[i]!, before);
    before = close[i]!;
  }
  return out;
}

/** (high + low + close) / 3. */
export function typicalPrice(inputs: IndicatorInputs): Float64Array {
  return inputs.shared.get("typical_price", () => {
    const { length, high, low, close } = inputs;
    const out = newColumn(length);
    for (let i = 0; i < length; i++) out[i] = (high[i]! + low[i]! + close[i]!) / 3;
    return out;
  });
}

/** (high + low) / 2. */
export function medianPrice(inputs: IndicatorInputs): Float64Array {
  return inputs.shared.get("median_price", () => {
    const { length, high, low } = inputs;
    const out = newColumn(length);
    for (let i = 0; i < length; i++) out[i] = (high[i]! + low[i]!) / 2;
    return out;
  });
}

/**
 * Volume times the close's place in the bar's range, from -1 at the low to 1 at the high; 0 where the bar has no range.
 */
export function moneyFlowVolume(inputs: IndicatorInputs): Float64Array {
  return inputs.shared.get("money_flow_volume", () => {
    const { length, high, low, close, volume } = inputs;
    const out = newColumn(length);
    for (let i = 0; i < length; i++) {
      const [h, l, c, v] = [high[i]!, low[i]!, close[i]!, volume[i]!];
      const range = h - l;
      out[i] = range > 0 ? ((c - l - (h - c)) / range) * v : 0 * (range + c + v);
    }
    return out;
  });
}

/**
 * Each bar's term of the Rogers-Satchell variance: ln(H / C) ln(H / O) + ln(L / C) ln(L / O). NaN unless all prices are
 * positive.
 */
export function rogersSatchellTerms(inputs: IndicatorInputs): Float64Array {
  return inputs.shared.get("rogers_satchell", () => {
    const { length, open, high, low, close } = inputs;
    const out = newColumn(length);
    for (let i = 0; i < length; i++) {
      const [o, h, l, c] = [open[i]!, high[i]!, low[i]!, close[i]!];
      out[i] = Math.min(o, h, l, c) > 0 ? Math.log(h / c) * Math.log(h / o) + Math.log(l / c) * Math.log(l / o) : Number.NaN;
    }
    return out;
  });
}

/** Relative change of the close over `lag` bars, a fraction. NaN when the earlier close is not positive. */
export function closeReturn(inputs: IndicatorInputs, lag: number): Float64Array {
  return inputs.shared.get(`return:${lag}`, () => {
    const { length, close } = inputs;
    const out = newColumn(length).fill(Number.NaN, 0, Math.min(lag, length));
    for (let i = lag; i < length; i++) {
      const before = close[i - lag]!;
      out[i] = before > 0 ? (close[i]! - before) / before : Number.NaN;
    }
    return out;
  });
}

/** Natural logarithm of the close over the close `lag` bars before. NaN unless both are positive. */
export function closeLogReturn(inputs: IndicatorInputs, lag: number): Float64Array {
  return inputs.shared.get(`log_return:${lag}`, () => {
    const { length, close } = inputs;
    const out = newColumn(length).fill(Number.NaN, 0, Math.min(lag, length));
    for (let i = lag; i < length; i++) {
      const now = close[i]!;
      const before = close[i - lag]!;
      out[i] = now > 0 && before > 0 ? Math.log(now / before) : Number.NaN;
    }
    return out;
  });
}

/** Exponential moving average of the close, seeded with the simple mean. */
export function closeEma(inputs: IndicatorInputs, window: number): Float64Array {
  return inputs.shared.get(`ema:${window}`, () => ema(inputs.close, window));
}

/** The exponential average of the close, averaged again until it has been averaged `times` times. */
export function closeNestedEma(inputs: IndicatorInputs, window: number, times: number): Float64Array {
  if (times === 1) return closeEma(inputs, window);
  return inputs.shared.get(`ema:${window}:${times}`, () => ema(closeNestedEma(inputs, window, times - 1), window));
}

/** Simple moving average of the close. */
export function closeSma(inputs: IndicatorInputs, window: number): Float64Array {
  return inputs.shared.get(`sma:${window}`, () => rollingMean(inputs.close, window));
}

/** Linearly weighted moving average of the close. */
export function closeWma(inputs: IndicatorInputs, window: number): Float64Array {
  return inputs.shared.get(`wma:${window}`, () => rollingLinearMean(inputs.close, window));
}

/** Wilder's plus and minus directional indicators. */
export function directionalLines(inputs: IndicatorInputs, window: number): { plus: Float64Array; minus: Float64Array } {
  const both = once(() => directionalIndicators(inputs.high, inputs.low, trueRange(inputs), window));
  return {
    plus: inputs.shared.get(`plus_di:${window}`, () => both()[0]),
    minus: inputs.shared.get(`minus_di:${window}`, () => both()[1]),
  };
}

/** Wilder's directional index. */
export function directionalIndexOf(inputs: IndicatorInputs, window: number): Float64Array {
  return inputs.shared.get(`dx:${window}`, () => {
    const { plus, minus } = directionalLines(inputs, window);
    return directionalIndex(plus, minus);
  });
}

/** Wilder's average of the directional index. */
export function averageDirectionalIndex(inputs: IndicatorInputs, window: number): Float64Array {
  return inputs.shared.get(`adx:${window}`, () => {
    const out = wilder(directionalIndexOf(inputs, window), window);
    for (let i = 0; i < out.length; i++) out[i] = Math.min(100, out[i]!);
    return out;
  });
}

/** Wilder's relative strength index of the close. */
export function closeRsi(inputs: IndicatorInputs, window: number): Float64Array {
  return inputs.shared.get(`rsi:${window}`, () => relativeStrengthIndex(inputs.close, window));
}

/** Highest high of the last `window` bars, the current one among them. */
export function highest(inputs: IndicatorInputs, window: number): Float64Array {
  return inputs.shared.get(`highest:${window}`, () => rollingMax(inputs.high, window));
}

/** Lowest low of the last `window` bars, the current one among them. */
export function lowest(inputs: IndicatorInputs, window: number): Float64Array {
  return inputs.shared.get(`lowest:${window}`, () => rollingMin(inputs.low, window));
}

/** Rolling mean and population standard deviation of the close. */
export function closeMoments(inputs: IndicatorInputs, window: number): { mean: Float64Array; std: Float64Array } {
  const both = once(() => rollingMoments(inputs.close, window, 0));
  return {
    mean: inputs.shared.get(`mean:${window}`, () => both().mean),
    std: inputs.shared.get(`std:${window}`, () => both().std),
  };
}

/** Skewness and excess kurtosis of the last `window` log returns of the close. */
export function returnShape(inputs: IndicatorInputs, window: number): { skewness: Float64Array; kurtosis: Float64Array } {
  const both = once(() => rollingShape(closeLogReturn(inputs, 1), window));
  return {
    skewness: inputs.shared.get(`skewness:${window}`, () => both().skewness),
    kurtosis: inputs.shared.get(`kurtosis:${window}`, () => both().kurtosis),
  };
}

/** Least-squares line through the last `window` closes. */
export function closeRegression(inputs: IndicatorInputs, window: number): { slope: Float64Array; r2: Float64Array } {
  const both = once(() => rollingRegression(inputs.close, window));
  return {
    slope: inputs.shared.get(`slope:${window}`, () => both().slope),
    r2: inputs.shared.get(`r2:${window}`, () => both().r2),
  };
}

/** A kernel that fills two series at once runs once for both keys. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
