import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { closeSma, closeWma } from "../shared-series.ts";

export const linreg = defineIndicator({
  name: "linreg",
  version: 1,
  category: "trend",
  subcategory: "regression",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(2).max(5000).default(20).describe("Bars in the regression") }),
  doc: "Where the least-squares line through the last closes stands at this bar: the end point moving average.",
  notes: "NaN while the window holds a gap.",
  source: "End of the least-squares line = 3 wma - 2 sma; TA-Lib LINEARREG",
  memory: "finite",
  columns: ({ window }) => [{ name: `linreg_${window}`, unit: "price", flat: "price" }],
  warmupBars: ({ window }) => window - 1,
  compute(inputs, { window }) {
    const mean = closeSma(inputs, window);
    const weighted = closeWma(inputs, window);
    const out = newColumn(inputs.length);
    for (let i = 0; i < out.length; i++) out[i] = mean[i]! + 3 * (weighted[i]! - mean[i]!);
    return [out];
  },
});
