import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { rollingMean } from "../kernels/rolling.ts";

export const volRatio = defineIndicator({
  name: "vol_ratio",
  version: 1,
  category: "volume",
  subcategory: "relative volume",
  timeframe: "any",
  inputs: ["volume"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(20).describe("Bars in the mean, the current one among them") }),
  doc: "Volume over its trailing mean; 2 = twice the usual.",
  notes: "NaN while the window holds a gap and where nothing was traded in it.",
  source: "volume(t) / mean(volume, t - window + 1 .. t)",
  memory: "finite",
  columns: ({ window }) => [{ name: `vol_ratio_${window}`, unit: "ratio", flat: 1 }],
  warmupBars: ({ window }) => window - 1,
  compute({ volume }, { window }) {
    const mean = rollingMean(volume, window);
    for (let i = 0; i < mean.length; i++) mean[i] = mean[i]! > 0 ? volume[i]! / mean[i]! : Number.NaN;
    return [mean];
  },
});
