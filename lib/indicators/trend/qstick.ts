import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";

export const qstick = defineIndicator({
  name: "qstick",
  version: 1,
  category: "trend",
  subcategory: "strength",
  timeframe: "any",
  inputs: ["open", "close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(10).describe("Bars in the mean") }),
  doc: "Qstick: mean of close minus open, the average candle body in price.",
  notes: "NaN while the window holds a gap.",
  source: "Chande and Kroll, The New Technical Trader (1994); TA-Lib QSTICK",
  memory: "finite",
  columns: ({ window }) => [{ name: `qstick_${window}`, unit: "price", flat: 0 }],
  warmupBars: ({ window }) => window - 1,
  compute({ length, open, close }, { window }) {
    const body = newColumn(length);
    for (let i = 0; i < length; i++) body[i] = close[i]! - open[i]!;
    return [rollingMean(body, window)];
  },
});
