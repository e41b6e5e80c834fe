import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";

export const parkinson = defineIndicator({
  name: "parkinson",
  version: 1,
  category: "volatility",
  subcategory: "range estimator",
  timeframe: "any",
  inputs: ["high", "low"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(20).describe("Bars in the window") }),
  doc: "Parkinson's volatility from the bars' ranges, a fraction a year.",
  notes:
    "Annualised by the square root of the bars per year (252 daily bars; intraday, the bars of 252 full sessions). Assumes no drift and sees no gap between bars, so it lies below the close-to-close volatility where markets jump overnight. NaN while the window holds a gap.",
  source: "Parkinson, The Extreme Value Method for Estimating the Variance of the Rate of Return (1980): mean(ln(H / L)^2) / (4 ln 2)",
  memory: "finite",
  columns: ({ window }) => [{ name: `parkinson_${window}`, unit: "volatility", flat: 0 }],
  warmupBars: ({ window }) => window - 1,
  compute({ length, high, low, barsPerYear }, { window }) {
    const squares = newColumn(length);
    for (let i = 0; i < length; i++) {
      const range = low[i]! > 0 ? Math.log(high[i]! / low[i]!) : Number.NaN;
      squares[i] = range * range;
    }
    const out = rollingMean(squares, window);
    const scale = barsPerYear / (4 * Math.LN2);
    for (let i = 0; i < length; i++) out[i] = Math.sqrt(out[i]! * scale);
    return [out];
  },
});
