import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { rollingMoments } from "../kernels/rolling.ts";
import { closeLogReturn } from "../shared-series.ts";

export const volatility = defineIndicator({
  name: "volatility",
  version: 1,
  category: "volatility",
  subcategory: "dispersion",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(2).max(5000).default(20).describe("Returns in the window") }),
  doc: "Annualised volatility: sample standard deviation of one-bar log returns times the square root of the bars per year.",
  notes:
    "252 daily bars make a year; intraday bars are annualised by the bars of 252 full sessions. NaN while the window holds an unknown return.",
  source: "std(ln(close(t) / close(t - 1)), n - 1) x sqrt(bars per year)",
  memory: "finite",
  columns: ({ window }) => [{ name: `close_vol_${window}`, unit: "ratio", flat: 0 }],
  warmupBars: ({ window }) => window,
  compute(inputs, { window }) {
    const { std } = rollingMoments(closeLogReturn(inputs, 1), window, 1);
    const scale = Math.sqrt(inputs.barsPerYear);
    for (let i = 0; i < std.length; i++) std[i] = std[i]! * scale;
    return [std];
  },
});
