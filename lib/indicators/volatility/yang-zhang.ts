import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean, rollingMoments } from "../kernels/rolling.ts";
import { rogersSatchellTerms } from "../shared-series.ts";

export const yangZhang = defineIndicator({
  name: "yang_zhang",
  version: 1,
  category: "volatility",
  subcategory: "range estimator",
  timeframe: "any",
  inputs: ["open", "high", "low", "close"],
  params: z.strictObject({ window: z.int().min(2).max(5000).default(20).describe("Bars in the window") }),
  doc: "Yang and Zhang's volatility: gaps between bars, open-to-close moves and the Rogers-Satchell term together, a fraction a year.",
  notes:
    "Annualised by the square root of the bars per year. Variance of ln(O / previous C) plus k times that of ln(C / O) (both with divisor n - 1) plus 1 - k times Rogers-Satchell, k = 0.34 / (1.34 + (n + 1) / (n - 1)). On intraday bars the gap is that between two bars. NaN while the window holds a gap in the data or the bar after a missing close.",
  source: "Yang & Zhang, Drift-Independent Volatility Estimation Based on High, Low, Open, and Close Prices (2000)",
  memory: "finite",
  columns: ({ window }) => [{ name: `yang_zhang_${window}`, unit: "volatility", flat: 0 }],
  warmupBars: ({ window }) => window,
  compute(inputs, { window }) {
    const { length, open, close, barsPerYear } = inputs;
    const gap = newColumn(length);
    const body = newColumn(length);
    let before = Number.NaN;
    for (let i = 0; i < length; i++) {
      const known = open[i]! > 0 && close[i]! > 0;
      gap[i] = known && before > 0 ? Math.log(open[i]! / before) : Number.NaN;
      body[i] = known ? Math.log(close[i]! / open[i]!) : Number.NaN;
      before = close[i]!;
    }
    const gapStd = rollingMoments(gap, window, 1).std;
    const bodyStd = rollingMoments(body, window, 1).std;
    const out = rollingMean(rogersSatchellTerms(inputs), window);
    const k = 0.34 / (1.34 + (window + 1) / (window - 1));
    for (let i = 0; i < length; i++) {
      const variance = gapStd[i]! * gapStd[i]! + k * bodyStd[i]! * bodyStd[i]! + (1 - k) * out[i]!;
      out[i] = Math.sqrt(variance * barsPerYear);
    }
    return [out];
  },
});
