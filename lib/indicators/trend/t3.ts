import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { closeNestedEma } from "../shared-series.ts";

export const t3 = defineIndicator({
  name: "t3",
  version: 1,
  category: "trend",
  subcategory: "moving average",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({
    window: z.int().min(1).max(500).default(5).describe("Span of each of the six averages"),
    volume_factor: z.number().min(0).max(1).default(0.7).describe("0 = a triple average, 1 = a triple DEMA"),
  }),
  paramAliases: { vfactor: "volume_factor" },
  doc: "Tillson's T3 of the close: six nested exponential averages, combined to be smooth and yet close to the price.",
  notes: "Each average is seeded with the simple mean of its own first window. NaN at a gap; the averages then go on.",
  source: "Tillson, Technical Analysis of Stocks & Commodities (January 1998); TA-Lib T3",
  memory: "recursive",
  columns: ({ window, volume_factor }) => [
    { name: `t3_${window}_${String(volume_factor).replace(".", "p")}`, unit: "price", flat: "price" },
  ],
  warmupBars: ({ window }) => 6 * (window - 1),
  compute(inputs, { window, volume_factor: v }) {
    const e3 = closeNestedEma(inputs, window, 3);
    const e4 = closeNestedEma(inputs, window, 4);
    const e5 = closeNestedEma(inputs, window, 5);
    const e6 = closeNestedEma(inputs, window, 6);
    // The four weights add up to 1, so that of e3 follows from the others.
    const c6 = -v * v * v;
    const c5 = 3 * v * v + 3 * v * v * v;
    const c4 = -6 * v * v - 3 * v - 3 * v * v * v;
    const out = newColumn(inputs.length);
    for (let i = 0; i < out.length; i++) {
      const base = e3[i]!;
      out[i] = base + c6 * (e6[i]! - base) + c5 * (e5[i]! - base) + c4 * (e4[i]! - base);
    }
    return [out];
  },
});
