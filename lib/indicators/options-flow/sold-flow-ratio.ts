import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { flowColumn } from "../flow-column.ts";
import { rollingMean } from "../kernels/rolling.ts";

export const soldFlowRatio = defineIndicator({
  name: "sold_flow_ratio",
  version: 1,
  category: "options_flow",
  subcategory: "zero_dte",
  timeframe: "any",
  inputs: ["flow"],
  params: z.strictObject({ window: z.int().min(1).max(1000).default(1).describe("Bars in the mean") }),
  doc: "Trailing mean of the same-day flow's put over call contracts (pc_ratio).",
  notes:
    "Counts what flow_side says: all volume, or sold contracts only. NaN while the window holds a bar without flow. Elsewhere (calls - puts) / (calls + puts) goes by this name.",
  source: "mean((puts + 1e-6) / (calls + 1e-6))",
  memory: "finite",
  needs: () => ({ flow: true }),
  columns: ({ window }) => [{ name: window === 1 ? "sold_flow_ratio" : `sold_flow_ratio_${window}`, unit: "ratio" }],
  warmupBars: ({ window }) => window - 1,
  compute: (inputs, { window }) => [rollingMean(flowColumn(inputs, "pc_ratio"), window)],
});
