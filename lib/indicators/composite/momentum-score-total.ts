import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { type IndicatorInputs, SESSIONS_PER_YEAR } from "../inputs.ts";
import { rollingMoments, standardised } from "../kernels/rolling.ts";
import { knownAtOpen, sessionRsi } from "../session-series.ts";
import { closeReturn, closeRsi } from "../shared-series.ts";

export const momentumScoreTotal = defineIndicator({
  name: "momentum_score_total",
  version: 1,
  category: "composite",
  subcategory: "momentum",
  timeframe: "any",
  inputs: ["close", "sessionDate"],
  params: z.strictObject({
    w_hourly: z.number().min(0).max(1).default(0.7).describe("Weight of the bar momentum"),
    w_daily: z.number().min(0).max(1).default(0.3).describe("Weight of the daily RSI"),
    window: z.int().min(2).max(5000).default(140).describe("Bars of the trailing z-score"),
  }),
  doc: "Weighted sum of the mean trailing z-score of close_mom_1 and close_mom_3, and of (daily rsi_14 - 50) / 50.",
  notes:
    "On intraday bars the daily RSI is that of completed sessions only, so it is one session old; on daily bars the row's own close is known at its decision time and counts. NaN while the window holds an unknown return, where a z-score has no deviation, and until the RSI has a value.",
  source: "w_hourly x (z(close_mom_1) + z(close_mom_3)) / 2 + w_daily x (rsi_14 - 50) / 50, z with divisor n",
  memory: "recursive",
  columns: () => [{ name: "momentum_score_total", unit: "index", flat: Number.NaN }],
  warmupBars: ({ window }, barsPerSession = 1) =>
    Math.max(window - 1 + SLOW_LAG, barsPerSession > 1 ? (RSI_WINDOW + 1) * barsPerSession : RSI_WINDOW),
  compute(inputs, { w_hourly, w_daily, window }) {
    const fast = trailingScore(closeReturn(inputs, 1), window);
    const slow = trailingScore(closeReturn(inputs, SLOW_LAG), window);
    const daily = dailyRsi(inputs);
    const out = new Float64Array(inputs.length);
    for (let i = 0; i < out.length; i++) out[i] = w_hourly * ((fast[i]! + slow[i]!) / 2) + w_daily * ((daily[i]! - 50) / 50);
    return [out];
  },
});

const RSI_WINDOW = 14;
const SLOW_LAG = 3;

function trailingScore(x: Float64Array, window: number): Float64Array {
  const { mean, std } = rollingMoments(x, window, 0);
  return standardised(x, mean, std);
}

/** The daily RSI that is known at each bar's close. */
function dailyRsi(inputs: IndicatorInputs): Float64Array {
  if (inputs.barsPerYear <= SESSIONS_PER_YEAR) return closeRsi(inputs, RSI_WINDOW);
  return knownAtOpen(inputs, sessionRsi(inputs, RSI_WINDOW));
}
