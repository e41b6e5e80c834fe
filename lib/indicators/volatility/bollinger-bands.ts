import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMoments } from "../kernels/rolling.ts";

export const bollingerBands = defineIndicator({
  name: "bollinger_bands",
  version: 1,
  category: "volatility",
  subcategory: "bands",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({
    window: z.int().min(2).max(5000).default(20).describe("Bars in the window"),
    num_std: z.number().gt(0).max(10).default(2).describe("Half width of the bands in standard deviations"),
  }),
  paramAliases: { multiplier: "num_std", mult: "num_std", std: "num_std", stddev: "num_std" },
  doc: "Bollinger bands: mean, mean plus and minus `num_std` population standard deviations, their width over the mean, and the close's place between them (%b).",
  notes: "NaN while the window holds a gap; %b is also NaN where all closes of the window are equal.",
  source: "Bollinger on Bollinger Bands (2001); TA-Lib BBANDS",
  memory: "finite",
  columns({ window, num_std }) {
    const suffix = `${window}_${String(num_std).replace(".", "p")}`;
    return [
      { name: `bb_mid_${suffix}`, unit: "price", flat: "price" },
      { name: `bb_upper_${suffix}`, unit: "price", flat: "price" },
      { name: `bb_lower_${suffix}`, unit: "price", flat: "price" },
      { name: `bb_width_${suffix}`, unit: "ratio", flat: 0 },
      { name: `bb_pctb_${suffix}`, unit: "ratio", flat: Number.NaN },
    ];
  },
  warmupBars: ({ window }) => window - 1,
  compute({ length, close }, { window, num_std }) {
    // The deviations are overwritten by the lower band: for long series memory costs more than computing them.
    const { mean, std: lower } = rollingMoments(close, window, 0);
    const upper = newColumn(length);
    const width = newColumn(length);
    const place = newColumn(length);
    for (let i = 0; i < length; i++) {
      const middle = mean[i]!;
      const half = num_std * lower[i]!;
      upper[i] = middle + half;
      lower[i] = middle - half;
      width[i] = (2 * half) / middle;
      place[i] = 0.5 + (close[i]! - middle) / (2 * half);
    }
    return [mean, upper, lower, width, place];
  },
});
