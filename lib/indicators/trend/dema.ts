import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { closeNestedEma } from "../shared-series.ts";

export const dema = defineIndicator({
  name: "dema",
  version: 1,
  category: "trend",
  subcategory: "moving average",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(1).max(1000).default(20).describe("Span of each average") }),
  doc: "Double exponential moving average of the close: twice the average less the average of the average.",
  notes: "Each average is seeded with the simple mean of its own first window. NaN at a gap; the averages then go on.",
  source: "Mulloy, Technical Analysis of Stocks & Commodities (January 1994); TA-Lib DEMA",
  memory: "recursive",
  columns: ({ window }) => [{ name: `dema_${window}`, unit: "price", flat: "price" }],
  warmupBars: ({ window }) => 2 * (window - 1),
  compute(inputs, { window }) {
    const once = closeNestedEma(inputs, window, 1);
    const twice = closeNestedEma(inputs, window, 2);
    const out = newColumn(inputs.length);
    for (let i = 0; i < out.length; i++) out[i] = once[i]! + (once[i]! - twice[i]!);
    return [out];
  },
});
