import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";
import { closeReturn } from "../shared-series.ts";

/** Returns are stated per this much traded, by convention. */
const PER_TURNOVER = 1e6;

export const amihudIlliquidity = defineIndicator({
  name: "amihud_illiquidity",
  version: 1,
  category: "volume",
  subcategory: "liquidity",
  timeframe: "any",
  inputs: ["close", "volume"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(20).describe("Bars in the mean") }),
  doc: "Amihud's illiquidity: mean of the absolute one-bar return per million traded (close x volume).",
  notes: "NaN while the window holds a gap, the bar after one, or a bar without volume.",
  source: "Amihud, Illiquidity and Stock Returns: Cross-Section and Time-Series Effects (2002), times 10^6",
  memory: "finite",
  columns: ({ window }) => [{ name: `amihud_illiquidity_${window}`, unit: "per_turnover", flat: 0 }],
  warmupBars: ({ window }) => window,
  compute(inputs, { window }) {
    const { length, close, volume } = inputs;
    const returns = closeReturn(inputs, 1);
    const impact = newColumn(length);
    for (let i = 0; i < length; i++) {
      const turnover = close[i]! * volume[i]!;
      impact[i] = turnover > 0 ? (Math.abs(returns[i]!) / turnover) * PER_TURNOVER : Number.NaN;
    }
    return [rollingMean(impact, window)];
  },
});
