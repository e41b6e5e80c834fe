import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { directionalIndexOf } from "../shared-series.ts";

export const dx = defineIndicator({
  name: "dx",
  version: 1,
  category: "trend",
  subcategory: "strength",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z.strictObject({ window: z.int().min(2).max(1000).default(14).describe("Wilder's period") }),
  doc: "Directional movement index: the difference of the plus and minus directional indicators in percent of their sum, not yet averaged.",
  notes:
    "The indicators are those of `adx`, with TA-Lib's seed. No directional movement reads 0. NaN at a gap and at the bar after it; the sums then go on.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978), section IV; TA-Lib DX",
  memory: "recursive",
  columns: ({ window }) => [{ name: `dx_${window}`, unit: "index", bounds: [0, 100], flat: 0 }],
  warmupBars: ({ window }) => window,
  compute: (inputs, { window }) => [directionalIndexOf(inputs, window)],
});
