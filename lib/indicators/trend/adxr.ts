import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { averageDirectionalIndex } from "../shared-series.ts";

export const adxr = defineIndicator({
  name: "adxr",
  version: 1,
  category: "trend",
  subcategory: "strength",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z.strictObject({ window: z.int().min(2).max(1000).default(14).describe("Wilder's period") }),
  doc: "Average directional index rating: the mean of the average directional index now and window - 1 bars ago.",
  notes: "Wilder looks window bars back, TA-Lib and we window - 1. NaN where either of the two is unknown; the averages then go on.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978), section IV; TA-Lib ADXR",
  memory: "recursive",
  columns: ({ window }) => [{ name: `adxr_${window}`, unit: "index", bounds: [0, 100], flat: 0 }],
  warmupBars: ({ window }) => 3 * window - 2,
  compute(inputs, { window }) {
    const average = averageDirectionalIndex(inputs, window);
    const lag = window - 1;
    const out = newColumn(inputs.length).fill(Number.NaN, 0, Math.min(lag, inputs.length));
    for (let i = lag; i < out.length; i++) out[i] = (average[i]! + average[i - lag]!) / 2;
    return [out];
  },
});
