import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { rollingMean } from "../kernels/rolling.ts";
import { rogersSatchellTerms } from "../shared-series.ts";

export const rogersSatchell = defineIndicator({
  name: "rogers_satchell",
  version: 1,
  category: "volatility",
  subcategory: "range estimator",
  timeframe: "any",
  inputs: ["open", "high", "low", "close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(20).describe("Bars in the window") }),
  doc: "Rogers and Satchell's volatility from open, high, low and close, which a drift does not bias, a fraction a year.",
  notes: "Annualised by the square root of the bars per year. Sees no gap between bars. NaN while the window holds a gap.",
  source:
    "Rogers & Satchell, Estimating Variance from High, Low and Closing Prices (1991): mean(ln(H / C) ln(H / O) + ln(L / C) ln(L / O))",
  memory: "finite",
  columns: ({ window }) => [{ name: `rogers_satchell_${window}`, unit: "volatility", flat: 0 }],
  warmupBars: ({ window }) => window - 1,
  compute(inputs, { window }) {
    const out = rollingMean(rogersSatchellTerms(inputs), window);
    for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(out[i]! * inputs.barsPerYear);
    return [out];
  },
});
