import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { averageTrueRange, closeMoments } from "../shared-series.ts";

export const squeeze = defineIndicator({
  name: "squeeze",
  version: 1,
  category: "volatility",
  subcategory: "bands",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z.strictObject({
    window: z.int().min(2).max(1000).default(20).describe("Bars of both bands"),
    num_std: z.number().min(0.1).max(10).default(2).describe("Half width of the Bollinger bands in standard deviations"),
    multiplier: z.number().min(0.1).max(10).default(1.5).describe("Half width of the Keltner channel in average true ranges"),
  }),
  doc: "Squeeze: 1 while the Bollinger bands lie inside the Keltner channel, and the ratio of their widths (below 1 = squeezed).",
  notes:
    "Both bands lie around the simple mean of the close, so one is inside the other exactly when it is narrower; the range is Wilder's average, where some platforms take a simple mean. NaN while the window holds a gap; Wilder's average then goes on. Both are NaN where nothing moves at all.",
  source: "Carter, Mastering the Trade (2005)",
  memory: "recursive",
  columns({ window, num_std, multiplier }) {
    const suffix = `${window}_${String(num_std).replace(".", "p")}_${String(multiplier).replace(".", "p")}`;
    return [
      { name: `squeeze_on_${suffix}`, unit: "flag", bounds: [0, 1], flat: Number.NaN },
      { name: `squeeze_ratio_${suffix}`, unit: "ratio", flat: Number.NaN },
    ];
  },
  warmupBars: ({ window }) => window,
  compute(inputs, { window, num_std, multiplier }) {
    const { length } = inputs;
    const { std } = closeMoments(inputs, window);
    const range = averageTrueRange(inputs, window);
    const on = newColumn(length);
    const ratio = newColumn(length);
    for (let i = 0; i < length; i++) {
      const value = range[i]! > 0 ? (num_std * std[i]!) / (multiplier * range[i]!) : Number.NaN;
      ratio[i] = value;
      on[i] = Number.isNaN(value) ? Number.NaN : value < 1 ? 1 : 0;
    }
    return [on, ratio];
  },
});
