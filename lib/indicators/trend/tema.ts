import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { closeNestedEma } from "../shared-series.ts";

export const tema = defineIndicator({
  name: "tema",
  version: 1,
  category: "trend",
  subcategory: "moving average",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(1).max(1000).default(20).describe("Span of each average") }),
  doc: "Triple exponential moving average of the close: 3 e1 - 3 e2 + e3, each e the exponential average of the one before.",
  notes: "Each average is seeded with the simple mean of its own first window. NaN at a gap; the averages then go on.",
  source: "Mulloy, Technical Analysis of Stocks & Commodities (January 1994); TA-Lib TEMA",
  memory: "recursive",
  columns: ({ window }) => [{ name: `tema_${window}`, unit: "price", flat: "price" }],
  warmupBars: ({ window }) => 3 * (window - 1),
  compute(inputs, { window }) {
    const e1 = closeNestedEma(inputs, window, 1);
    const e2 = closeNestedEma(inputs, window, 2);
    const e3 = closeNestedEma(inputs, window, 3);
    const out = newColumn(inputs.length);
    for (let i = 0; i < out.length; i++) out[i] = e3[i]! + 3 * (e1[i]! - e2[i]!);
    return [out];
  },
});
