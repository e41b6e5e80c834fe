import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { closeMoments } from "../shared-series.ts";

export const rollingStd = defineIndicator({
  name: "rolling_std",
  version: 1,
  category: "volatility",
  subcategory: "dispersion",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(2).max(5000).default(20).describe("Bars in the window") }),
  doc: "Population standard deviation of the last closes, in price.",
  notes: "NaN while the window holds a gap.",
  source: "TA-Lib STDDEV",
  memory: "finite",
  columns: ({ window }) => [{ name: `rolling_std_${window}`, unit: "price", flat: 0 }],
  warmupBars: ({ window }) => window - 1,
  compute: (inputs, { window }) => [closeMoments(inputs, window).std],
});
