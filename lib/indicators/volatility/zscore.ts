import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { standardised } from "../kernels/rolling.ts";
import { closeMoments } from "../shared-series.ts";

export const zscore = defineIndicator({
  name: "zscore",
  version: 1,
  category: "volatility",
  subcategory: "dispersion",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(2).max(5000).default(20).describe("Bars in the window, the current one among them") }),
  doc: "Close minus its trailing mean, in trailing population standard deviations.",
  notes: "NaN while the window holds a gap and where all closes of the window are equal.",
  source: "(close(t) - mean(t)) / std(t), divisor n, as in the Bollinger bands",
  memory: "finite",
  columns: ({ window }) => [{ name: `zscore_${window}`, unit: "index", flat: Number.NaN }],
  warmupBars: ({ window }) => window - 1,
  compute(inputs, { window }) {
    const { mean, std } = closeMoments(inputs, window);
    return [standardised(inputs.close, mean, std)];
  },
});
