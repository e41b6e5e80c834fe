import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMax, rollingMean, rollingMin } from "../kernels/rolling.ts";
import { trueRange } from "../shared-series.ts";

export const choppiness = defineIndicator({
  name: "choppiness",
  version: 1,
  category: "trend",
  subcategory: "strength",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z.strictObject({ window: z.int().min(2).max(5000).default(14).describe("Bars in the window") }),
  doc: "Choppiness index: the sum of the true ranges against the range of the whole window, on a logarithmic scale; 100 = all noise, 0 = one straight move.",
  notes:
    "Highs and lows are true ones, widened to the close before, so the value cannot leave 0 to 100; programs that take bare highs and lows read a little more after a price gap. NaN while the window holds a gap and where it has no range.",
  source: "Dreiss (1993): 100 log(sum(true range) / (max(true high) - min(true low))) / log(window)",
  memory: "finite",
  columns: ({ window }) => [{ name: `choppiness_${window}`, unit: "index", bounds: [0, 100], flat: Number.NaN }],
  warmupBars: ({ window }) => window,
  compute(inputs, { window }) {
    const { length, high, low, close } = inputs;
    const trueHigh = newColumn(length);
    const trueLow = newColumn(length);
    if (length > 0) trueHigh[0] = trueLow[0] = Number.NaN;
    for (let i = 1; i < length; i++) {
      trueHigh[i] = Math.max(high[i]!, close[i - 1]!);
      trueLow[i] = Math.min(low[i]!, close[i - 1]!);
    }
    const top = rollingMax(trueHigh, window);
    const bottom = rollingMin(trueLow, window);
    const out = rollingMean(trueRange(inputs), window);
    const scale = 100 / Math.log(window);
    for (let i = 0; i < length; i++) {
      const range = top[i]! - bottom[i]!;
      const way = range > 0 ? (out[i]! * window) / range : Number.NaN;
      out[i] = Math.max(0, Math.min(100, scale * Math.log(way)));
    }
    return [out];
  },
});
