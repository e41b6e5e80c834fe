import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { flowColumn } from "../flow-column.ts";
import { rollingMoments, standardised } from "../kernels/rolling.ts";

export const flowImbalanceZ = defineIndicator({
  name: "flow_imbalance_z",
  version: 1,
  category: "options_flow",
  subcategory: "zero_dte",
  timeframe: "any",
  inputs: ["flow"],
  params: z.strictObject({ window: z.int().min(2).max(5000).default(20).describe("Bars in the window, the current one among them") }),
  doc: "The same-day flow's imbalance (calls less puts, contracts) less its trailing mean, in trailing population standard deviations.",
  notes: "NaN while the window holds a bar without flow, and where all imbalances of the window are equal.",
  source: "(imbalance(t) - mean(t)) / std(t), divisor n",
  memory: "finite",
  needs: () => ({ flow: true }),
  columns: ({ window }) => [{ name: `flow_imbalance_z_${window}`, unit: "index", flat: Number.NaN }],
  warmupBars: ({ window }) => window - 1,
  compute(inputs, { window }) {
    const imbalance = flowColumn(inputs, "imbalance");
    const { mean, std } = rollingMoments(imbalance, window, 0);
    return [standardised(imbalance, mean, std)];
  },
});
