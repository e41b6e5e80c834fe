import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMax, rollingMin } from "../kernels/rolling.ts";
import { closeEma } from "../shared-series.ts";

export const schaffTrendCycle = defineIndicator({
  name: "schaff_trend_cycle",
  version: 1,
  category: "trend",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["close"],
  params: z
    .strictObject({
      cycle: z.int().min(2).max(1000).default(10).describe("Bars of both stochastics"),
      fast: z.int().min(1).max(2000).default(23).describe("Span of the fast average"),
      slow: z.int().min(2).max(5000).default(50).describe("Span of the slow average"),
    })
    .refine(({ fast, slow }) => fast < slow, { path: ["fast"], message: "must be smaller than slow" }),
  doc: "Schaff trend cycle: ema(fast) - ema(slow) put twice through a stochastic and a half-weight smoothing; 0 to 100.",
  notes:
    "Two stochastics as Schaff has them; some programs apply one. Where a window has no range the stochastic keeps its last value, at first that of its input. NaN while the windows hold a gap; the averages then go on.",
  source: "Schaff, Schaff Trend Cycle (1999): s += (stochastic - s) / 2, twice",
  memory: "recursive",
  columns: ({ cycle, fast, slow }) => [{ name: `stc_${cycle}_${fast}_${slow}`, unit: "index", bounds: [0, 100], flat: Number.NaN }],
  warmupBars: ({ cycle, slow }) => slow - 1 + 2 * (cycle - 1),
  compute(inputs, { cycle, fast, slow }) {
    const near = closeEma(inputs, fast);
    const far = closeEma(inputs, slow);
    const line = newColumn(inputs.length);
    for (let i = 0; i < line.length; i++) line[i] = near[i]! - far[i]!;
    return [smoothedStochastic(smoothedStochastic(line, cycle, false), cycle, true)];
  },
});

/** @param isPercent - the input itself is a stochastic, and stands in for one whose first windows have no range; else it is unknown there */
function smoothedStochastic(x: Float64Array, cycle: number, isPercent: boolean): Float64Array {
  const top = rollingMax(x, cycle);
  const bottom = rollingMin(x, cycle);
  const out = newColumn(x.length);
  let place = Number.NaN;
  let state = Number.NaN;
  for (let i = 0; i < out.length; i++) {
    const range = top[i]! - bottom[i]!;
    if (Number.isNaN(range)) {
      out[i] = Number.NaN;
      continue;
    }
    if (range > 0) place = (100 * (x[i]! - bottom[i]!)) / range;
    else if (Number.isNaN(place) && isPercent) place = x[i]!;
    state = Number.isNaN(state) ? place : state + 0.5 * (place - state);
    out[i] = state;
  }
  return out;
}
