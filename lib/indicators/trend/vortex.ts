import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";
import { trueRange } from "../shared-series.ts";

export const vortex = defineIndicator({
  name: "vortex",
  version: 1,
  category: "trend",
  subcategory: "strength",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(14).describe("Bars in the sums") }),
  doc: "Vortex indicator: the way from the low before to the high (plus) and from the high before to the low (minus), over the true range.",
  notes: "NaN while the window holds a gap and where it has no range (TA-Lib reads 0 there).",
  source: "Botes and Siepman, Technical Analysis of Stocks & Commodities (January 2010); TA-Lib VORTEX",
  memory: "finite",
  columns: ({ window }) => [
    { name: `vortex_plus_${window}`, unit: "index", flat: Number.NaN },
    { name: `vortex_minus_${window}`, unit: "index", flat: Number.NaN },
  ],
  warmupBars: ({ window }) => window,
  compute(inputs, { window }) {
    const { length, high, low } = inputs;
    const rise = newColumn(length);
    const fall = newColumn(length);
    if (length > 0) rise[0] = fall[0] = Number.NaN;
    for (let i = 1; i < length; i++) {
      rise[i] = Math.abs(high[i]! - low[i - 1]!);
      fall[i] = Math.abs(low[i]! - high[i - 1]!);
    }
    const range = rollingMean(trueRange(inputs), window);
    const plus = rollingMean(rise, window);
    const minus = rollingMean(fall, window);
    for (let i = 0; i < length; i++) {
      const base = range[i]! > 0 ? range[i]! : Number.NaN;
      plus[i] = plus[i]! / base;
      minus[i] = minus[i]! / base;
    }
    return [plus, minus];
  },
});
