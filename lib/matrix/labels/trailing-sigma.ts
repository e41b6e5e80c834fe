import type { LabelSeries } from "./label-series.ts";

/**
 * Standard deviation (ddof 1) of the last `window` one-bar returns, known at each bar's close.
 *
 * The sums are rebuilt from scratch every `window` bars, so rounding cannot pile up however long the series is, and
 * the value at t depends on bars up to t only.
 *
 * @param withinSession - leave out returns that span a session's close, for labels that never do
 * @returns shape (bars,), a fraction; NaN before `window` returns have passed, and while fewer than half of the
 *   window's returns (at least two) are known
 */
export function trailingSigma(series: LabelSeries, window: number, withinSession: boolean): Float64Array {
  const { length, close, sessionDate } = series;
  const sigma = new Float64Array(length).fill(Number.NaN);
  const returns = new Float64Array(length).fill(Number.NaN);
  for (let i = 1; i < length; i++) {
    if (withinSession && sessionDate[i] !== sessionDate[i - 1]) continue;
    returns[i] = close[i]! / close[i - 1]! - 1;
  }

  const needed = Math.max(2, Math.ceil(window / 2));
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 1; i < length; i++) {
    if (i % window === 0) {
      count = 0;
      sum = 0;
      squares = 0;
      for (let j = Math.max(1, i - window + 1); j <= i; j++) add(returns[j]!, 1);
    } else {
      add(returns[i]!, 1);
      if (i > window) add(returns[i - window]!, -1);
    }
    if (i < window || count < needed) continue;
    const variance = (squares - (sum * sum) / count) / (count - 1);
    sigma[i] = Math.sqrt(Math.max(variance, 0));
  }
  return sigma;

  function add(value: number, sign: 1 | -1): void {
    if (Number.isNaN(value)) return;
    count += sign;
    sum += sign * value;
    squares += sign * value * value;
  }
}
