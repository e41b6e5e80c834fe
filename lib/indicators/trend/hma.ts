import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingLinearMean } from "../kernels/weighted.ts";
import { closeWma } from "../shared-series.ts";

export const hma = defineIndicator({
  name: "hma",
  version: 1,
  category: "trend",
  subcategory: "moving average",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(2).max(5000).default(20).describe("Bars of the long weighted mean") }),
  doc: "Hull moving average of the close: weighted mean over the square root of the window, of 2 wma(window / 2) - wma(window).",
  notes: "The half and the square root are rounded down. It overshoots after a turn. NaN while its windows hold a gap.",
  source: "Hull, alanhull.com (2005); TA-Lib HMA",
  memory: "finite",
  columns: ({ window }) => [{ name: `hma_${window}`, unit: "price", flat: "price" }],
  warmupBars: ({ window }) => window - 1 + smoothingBars(window) - 1,
  compute(inputs, { window }) {
    const half = closeWma(inputs, Math.floor(window / 2));
    const whole = closeWma(inputs, window);
    const ahead = newColumn(inputs.length);
    for (let i = 0; i < ahead.length; i++) ahead[i] = half[i]! + (half[i]! - whole[i]!);
    return [rollingLinearMean(ahead, smoothingBars(window))];
  },
});

const smoothingBars = (window: number): number => Math.floor(Math.sqrt(window));
