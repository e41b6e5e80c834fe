import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { rollingMeanDeviation } from "../kernels/mean-deviation.ts";
import { rollingMean } from "../kernels/rolling.ts";
import { typicalPrice } from "../shared-series.ts";

export const cci = defineIndicator({
  name: "cci",
  version: 1,
  category: "momentum",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z.strictObject({ window: z.int().min(2).max(500).default(20).describe("Bars of the mean and the mean deviation") }),
  doc: "Commodity channel index: typical price minus its mean, over 0.015 times its mean absolute deviation.",
  notes: "NaN while the window holds a gap and where all typical prices of the window are equal (TA-Lib reads 0 there).",
  source: "Lambert, Commodities (October 1980); TA-Lib CCI",
  memory: "finite",
  columns: ({ window }) => [{ name: `cci_${window}`, unit: "index", flat: Number.NaN }],
  warmupBars: ({ window }) => window - 1,
  compute(inputs, { window }) {
    const { length } = inputs;
    const typical = typicalPrice(inputs);
    const mean = rollingMean(typical, window);
    const deviation = rollingMeanDeviation(typical, mean, window);
    const out = new Float64Array(length);
    for (let i = 0; i < length; i++) out[i] = (typical[i]! - mean[i]!) / (0.015 * deviation[i]!);
    return [out];
  },
});
