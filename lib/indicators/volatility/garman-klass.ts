import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";

export const garmanKlass = defineIndicator({
  name: "garman_klass",
  version: 1,
  category: "volatility",
  subcategory: "range estimator",
  timeframe: "any",
  inputs: ["open", "high", "low", "close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(20).describe("Bars in the window") }),
  doc: "Garman and Klass's volatility from open, high, low and close, a fraction a year.",
  notes:
    "Annualised by the square root of the bars per year. The form without the gap between bars (0.5 ln(H / L)^2 - (2 ln 2 - 1) ln(C / O)^2), as most libraries have it; assumes no drift. NaN while the window holds a gap.",
  source: "Garman & Klass, On the Estimation of Security Price Volatilities from Historical Data (1980)",
  memory: "finite",
  columns: ({ window }) => [{ name: `garman_klass_${window}`, unit: "volatility", flat: 0 }],
  warmupBars: ({ window }) => window - 1,
  compute({ length, open, high, low, close, barsPerYear }, { window }) {
    const terms = newColumn(length);
    for (let i = 0; i < length; i++) {
      const [o, h, l, c] = [open[i]!, high[i]!, low[i]!, close[i]!];
      const known = Math.min(o, h, l, c) > 0;
      const range = known ? Math.log(h / l) : Number.NaN;
      const body = known ? Math.log(c / o) : Number.NaN;
      terms[i] = 0.5 * range * range - (2 * Math.LN2 - 1) * body * body;
    }
    const out = rollingMean(terms, window);
    for (let i = 0; i < length; i++) out[i] = Math.sqrt(out[i]! * barsPerYear);
    return [out];
  },
});
