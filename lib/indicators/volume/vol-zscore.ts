import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { rollingMoments, standardised } from "../kernels/rolling.ts";

export const volZscore = defineIndicator({
  name: "vol_zscore",
  version: 1,
  category: "volume",
  subcategory: "relative volume",
  timeframe: "any",
  inputs: ["volume"],
  params: z.strictObject({ window: z.int().min(2).max(5000).default(20).describe("Bars in the window, the current one among them") }),
  doc: "Volume minus its trailing mean, in trailing population standard deviations.",
  notes: "NaN while the window holds a gap and where all volumes of the window are equal.",
  source: "(volume(t) - mean(t)) / std(t), divisor n",
  memory: "finite",
  columns: ({ window }) => [{ name: `vol_zscore_${window}`, unit: "index", flat: Number.NaN }],
  warmupBars: ({ window }) => window - 1,
  compute({ volume }, { window }) {
    const { mean, std } = rollingMoments(volume, window, 0);
    return [standardised(volume, mean, std)];
  },
});
