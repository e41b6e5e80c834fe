import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { closeEma } from "../shared-series.ts";

export const elderRay = defineIndicator({
  name: "elder_ray",
  version: 1,
  category: "trend",
  subcategory: "strength",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(13).describe("Span of the average") }),
  doc: "Elder ray: bull power (high minus the exponential average of the close) and bear power (low minus that average).",
  notes: "NaN at a gap; the average then goes on.",
  source: "Elder, Trading for a Living (1993); TA-Lib ERI",
  memory: "recursive",
  columns: ({ window }) => [
    { name: `elder_bull_${window}`, unit: "price", flat: 0 },
    { name: `elder_bear_${window}`, unit: "price", flat: 0 },
  ],
  warmupBars: ({ window }) => window - 1,
  compute(inputs, { window }) {
    const { length, high, low } = inputs;
    const average = closeEma(inputs, window);
    const bull = newColumn(length);
    const bear = newColumn(length);
    for (let i = 0; i < length; i++) {
      bull[i] = high[i]! - average[i]!;
      bear[i] = low[i]! - average[i]!;
    }
    return [bull, bear];
  },
});
