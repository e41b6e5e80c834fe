import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";

export const bop = defineIndicator({
  name: "bop",
  version: 1,
  category: "momentum",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["open", "high", "low", "close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(1).describe("Bars of the mean; 1 = none, as in TA-Lib") }),
  doc: "Balance of power: close minus open over high minus low, averaged over the window.",
  notes: "NaN while the window holds a gap or a bar without a range (TA-Lib reads 0 for such a bar).",
  source: "Livshin, Technical Analysis of Stocks & Commodities (August 2001); TA-Lib BOP",
  memory: "finite",
  columns: ({ window }) => [{ name: `bop_${window}`, unit: "index", flat: Number.NaN }],
  warmupBars: ({ window }) => window - 1,
  compute({ length, open, high, low, close }, { window }) {
    const balance = newColumn(length);
    for (let i = 0; i < length; i++) {
      const range = high[i]! - low[i]!;
      balance[i] = range > 0 ? (close[i]! - open[i]!) / range : Number.NaN;
    }
    return [rollingMean(balance, window)];
  },
});
