import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";
import { closeReturn } from "../shared-series.ts";

export const downsideDev = defineIndicator({
  name: "downside_dev",
  version: 1,
  category: "volatility",
  subcategory: "dispersion",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(20).describe("Returns in the window") }),
  doc: "Downside deviation: root of the mean square of the negative one-bar returns, rises counting as zero, a fraction a year.",
  notes:
    "Simple returns below a target of zero, divided by all returns of the window and not only by the negative ones. Annualised by the square root of the bars per year. 0 where nothing fell. NaN while the window holds an unknown return.",
  source: "Sortino & van der Meer, Downside Risk (1991)",
  memory: "finite",
  columns: ({ window }) => [{ name: `downside_dev_${window}`, unit: "volatility", flat: 0 }],
  warmupBars: ({ window }) => window,
  compute(inputs, { window }) {
    const { length, barsPerYear } = inputs;
    const returns = closeReturn(inputs, 1);
    const squares = newColumn(length);
    for (let i = 0; i < length; i++) {
      const loss = Math.min(returns[i]!, 0);
      squares[i] = loss * loss;
    }
    const out = rollingMean(squares, window);
    for (let i = 0; i < length; i++) out[i] = Math.sqrt(Math.max(out[i]!, 0) * barsPerYear);
    return [out];
  },
});
