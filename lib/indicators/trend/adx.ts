import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { averageDirectionalIndex, directionalLines } from "../shared-series.ts";

export const adx = defineIndicator({
  name: "adx",
  version: 1,
  category: "trend",
  subcategory: "strength",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z.strictObject({ window: z.int().min(2).max(1000).default(14).describe("Wilder's period") }),
  doc: "Average directional index (trend strength) with the plus and minus directional indicators.",
  notes:
    "TA-Lib's seeding: sums over the first window - 1 changes, one smoothing step more, then the mean of the first window of DX; Wilder's own n-bar seed differs at first, and both agree after some ten windows. No directional movement reads 0. NaN at a gap and at the bar after it; the sums then go on.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978), section IV; TA-Lib PLUS_DI, MINUS_DI, ADX",
  memory: "recursive",
  columns: ({ window }) => [
    { name: `plus_di_${window}`, unit: "index", warmupBars: window, bounds: [0, 100], flat: 0 },
    { name: `minus_di_${window}`, unit: "index", warmupBars: window, bounds: [0, 100], flat: 0 },
    { name: `adx_${window}`, unit: "index", bounds: [0, 100], flat: 0 },
  ],
  warmupBars: ({ window }) => 2 * window - 1,
  compute(inputs, { window }) {
    const { plus, minus } = directionalLines(inputs, window);
    return [plus, minus, averageDirectionalIndex(inputs, window)];
  },
});
