import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";

export const dollarVolume = defineIndicator({
  name: "dollar_volume",
  version: 1,
  category: "volume",
  subcategory: "liquidity",
  timeframe: "any",
  inputs: ["close", "volume"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(20).describe("Bars in the mean; 1 = the bar alone") }),
  doc: "Mean of close x volume: what is traded in a bar, in the currency of the prices.",
  notes: "The close stands for the bar's prices. NaN while the window holds a gap.",
  source: "mean(close x volume, t - window + 1 .. t)",
  memory: "finite",
  columns: ({ window }) => [{ name: `dollar_volume_${window}`, unit: "turnover", flat: "turnover" }],
  warmupBars: ({ window }) => window - 1,
  compute({ length, close, volume }, { window }) {
    const turnover = newColumn(length);
    for (let i = 0; i < length; i++) turnover[i] = close[i]! * volume[i]!;
    return [rollingMean(turnover, window)];
  },
});
