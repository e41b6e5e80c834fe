import { newColumn } from "./columns.ts";

/**
 * Exponential smoothing s += alpha (x - s), seeded with the simple mean of the first `seedBars` known values.
 *
 * An unknown value gives NaN at its own bar and leaves the state alone: the filter goes on at the next known one.
 *
 * @param out - where the result goes; may be `x` itself, when nobody else reads that
 * @returns NaN before the seed is complete; the seed itself at its last value
 */
function smooth(x: Float64Array, seedBars: number, alpha: number, out: Float64Array): Float64Array {
  const n = x.length;
  let i = 0;
  let known = 0;
  let first = Number.NaN;
  let sum = 0;
  for (; i < n && known < seedBars; i++) {
    const value = x[i]!;
    out[i] = Number.NaN;
    if (Number.isNaN(value)) continue;
    if (known === 0) first = value;
    sum += value - first;
    known += 1;
  }
  if (known < seedBars) return out;
  let state = first + sum / seedBars;
  out[i - 1] = state;
  for (; i < n; i++) {
    const value = x[i]!;
    if (Number.isNaN(value)) {
      out[i] = Number.NaN;
    } else {
      state += alpha * (value - state);
      out[i] = state;
    }
  }
  return out;
}

/** Exponential moving average of span `window`: alpha = 2 / (window + 1), seeded with the first `window` values' mean. */
export function ema(x: Float64Array, window: number): Float64Array {
  return smooth(x, window, 2 / (window + 1), newColumn(x.length));
}

/** Wilder's average: alpha = 1 / window, seeded with the first `window` values' mean. */
export function wilder(x: Float64Array, window: number): Float64Array {
  return smooth(x, window, 1 / window, newColumn(x.length));
}

/** Exponential smoothing s += alpha (x - s), seeded with the mean of the first `seedBars` known values. */
export function exponentialAverage(x: Float64Array, seedBars: number, alpha: number): Float64Array {
  return smooth(x, seedBars, alpha, newColumn(x.length));
}

/** Replaces a series by its Wilder average. */
export function wilderInPlace(x: Float64Array, window: number): Float64Array {
  return smooth(x, window, 1 / window, x);
}

/**
 * Wilder's relative strength index, 0 to 100; 50 where nothing rose or fell.
 *
 * A change is known when both its bars are; an unknown change gives NaN and leaves the averages alone.
 */
export function relativeStrengthIndex(x: Float64Array, window: number): Float64Array {
  const n = x.length;
  const out = newColumn(n);
  const weight = 1 / window;
  let i = 1;
  let known = 0;
  let gain = 0;
  let loss = 0;
  if (n > 0) out[0] = Number.NaN;
  for (; i < n && known < window; i++) {
    const change = x[i]! - x[i - 1]!;
    out[i] = Number.NaN;
    if (Number.isNaN(change)) continue;
    if (change > 0) gain += change;
    else loss -= change;
    known += 1;
  }
  if (known < window) return out;
  gain *= weight;
  loss *= weight;
  out[i - 1] = gain + loss === 0 ? 50 : 100 * (gain / (gain + loss));
  const keep = 1 - weight;
  const halfWeight = weight / 2;
  let previous = x[i - 1]!;
  for (; i < n; i++) {
    const value = x[i]!;
    const change = value - previous;
    previous = value;
    if (Number.isNaN(change)) {
      out[i] = Number.NaN;
      continue;
    }
    // max(change, 0) and max(-change, 0) without a branch: the sign of a price change cannot be predicted.
    const size = Math.abs(change);
    gain = gain * keep + halfWeight * (size + change);
    loss = loss * keep + halfWeight * (size - change);
    const total = gain + loss;
    out[i] = total > 0 ? 100 * (gain / total) : 50;
  }
  return out;
}

/**
 * Fast minus slow exponential moving average, the average of that difference (the signal), and the difference of the two.
 *
 * The seeds are TA-Lib's: both averages begin at the same bar, so the fast one is seeded by the mean of the last `fast` of the
 * first `slow` known values, and the three series begin together, with the signal. One pass, because the three
 * recurrences wait for each other less than each for itself.
 *
 * @returns [line, signal, histogram]
 */
export function convergence(x: Float64Array, fast: number, slow: number, signal: number): [Float64Array, Float64Array, Float64Array] {
  const n = x.length;
  const line = newColumn(n);
  const signalLine = newColumn(n);
  const histogram = newColumn(n);
  const fastState = createState(fast, slow - fast);
  const slowState = createState(slow, 0);
  const signalState = createState(signal, 0);
  let i = 0;
  for (; i < n && signalState.known < signal; i++) {
    const difference = step(fastState, x[i]!) - step(slowState, x[i]!);
    const average = step(signalState, difference);
    line[i] = Number.isNaN(average) ? Number.NaN : difference;
    signalLine[i] = average;
    histogram[i] = difference - average;
  }

  let { value: fastValue } = fastState;
  let { value: slowValue } = slowState;
  let { value: signalValue } = signalState;
  const { alpha: fastAlpha } = fastState;
  const { alpha: slowAlpha } = slowState;
  const { alpha: signalAlpha } = signalState;
  for (; i < n; i++) {
    const value = x[i]!;
    if (Number.isNaN(value)) {
      line[i] = Number.NaN;
      signalLine[i] = Number.NaN;
      histogram[i] = Number.NaN;
      continue;
    }
    fastValue += fastAlpha * (value - fastValue);
    slowValue += slowAlpha * (value - slowValue);
    const difference = fastValue - slowValue;
    signalValue += signalAlpha * (difference - signalValue);
    line[i] = difference;
    signalLine[i] = signalValue;
    histogram[i] = difference - signalValue;
  }
  return [line, signalLine, histogram];
}

/** An exponential average in the making: what `smooth` keeps in its locals. */
interface AverageState {
  readonly window: number;
  readonly alpha: number;
  /** Known values that are still to be left out before the seed. */
  skip: number;
  known: number;
  first: number;
  sum: number;
  value: number;
}

const createState = (window: number, skip: number): AverageState => ({
  window,
  alpha: 2 / (window + 1),
  skip,
  known: 0,
  first: Number.NaN,
  sum: 0,
  value: Number.NaN,
});

function step(state: AverageState, input: number): number {
  if (Number.isNaN(input)) return Number.NaN;
  if (state.skip > 0) {
    state.skip -= 1;
    return Number.NaN;
  }
  if (state.known === state.window) {
    state.value += state.alpha * (input - state.value);
    return state.value;
  }
  if (state.known === 0) state.first = input;
  state.sum += input - state.first;
  state.known += 1;
  if (state.known === state.window) state.value = state.first + state.sum / state.window;
  return state.value;
}
