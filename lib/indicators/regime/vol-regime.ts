import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { rollingMoments } from "../kernels/rolling.ts";
import { atCompletedSessions, completedWarmup, sessionLogReturns } from "../session-closes.ts";
import { LEAST_PRESENT } from "../timeline.ts";

export const volRegime = defineIndicator({
  name: "vol_regime",
  version: 1,
  category: "regime",
  subcategory: "volatility",
  timeframe: "any",
  inputs: ["close", "sessionDate"],
  params: z.strictObject({
    window: z.int().min(2).max(252).default(20).describe("Session returns in a volatility"),
    lookback: z.int().min(20).max(2520).default(252).describe("Past volatilities that it is compared with"),
  }),
  doc: "Tercile of the volatility of session returns among its own past: 0 low, 1 middle, 2 high.",
  notes:
    "Low = less than a third of the past volatilities are below it, high = at least two thirds. On intraday bars completed sessions only; on daily bars the row's own close counts. Unknown past volatilities are left out; NaN when less than 60 % are there, when all are equal, and where the row's close is unknown.",
  source: "std(ln(close(s) / close(s - 1)), n - 1), ranked among the `lookback` values before",
  memory: "finite",
  columns: ({ window, lookback }) => [{ name: `vol_regime_${window}_${lookback}`, unit: "flag", bounds: [0, 2], flat: Number.NaN }],
  warmupBars: ({ window, lookback }, barsPerSession = 1) => completedWarmup(window + lookback, barsPerSession),
  compute(inputs, { window, lookback }) {
    const { std } = rollingMoments(sessionLogReturns(inputs), window, 1);
    const terciles = std.map((now, s) => (s < window + lookback ? Number.NaN : tercileOf(now, std.subarray(s - lookback, s))));
    return [atCompletedSessions(inputs, terciles)];
  },
});

function tercileOf(now: number, past: Float64Array): number {
  let [known, below] = [0, 0];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of past) {
    if (Number.isNaN(value)) continue;
    known += 1;
    if (value < now) below += 1;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (Number.isNaN(now) || known < LEAST_PRESENT * past.length || least === most) return Number.NaN;
  return 3 * below < known ? 0 : 3 * below < 2 * known ? 1 : 2;
}
