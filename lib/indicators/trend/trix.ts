import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { closeNestedEma } from "../shared-series.ts";

export const trix = defineIndicator({
  name: "trix",
  version: 1,
  category: "trend",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(1).max(1000).default(15).describe("Span of each of the three averages") }),
  doc: "One-bar change of the triple exponential average of the close, in percent.",
  notes:
    "Each average is seeded with the simple mean of its own first window. NaN at a gap, at the bar after it and where the average is not positive; the averages then go on.",
  source: "Hutson, Technical Analysis of Stocks & Commodities (1983); TA-Lib TRIX",
  memory: "recursive",
  columns: ({ window }) => [{ name: `trix_${window}`, unit: "percent", flat: 0 }],
  warmupBars: ({ window }) => 3 * (window - 1) + 1,
  compute(inputs, { window }) {
    const average = closeNestedEma(inputs, window, 3);
    const out = newColumn(inputs.length);
    let before = Number.NaN;
    for (let i = 0; i < out.length; i++) {
      out[i] = before > 0 ? (100 * (average[i]! - before)) / before : Number.NaN;
      before = average[i]!;
    }
    return [out];
  },
});
