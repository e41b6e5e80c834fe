import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { barsSinceMax, barsSinceMin } from "../kernels/extreme-age.ts";

export const aroon = defineIndicator({
  name: "aroon",
  version: 1,
  category: "trend",
  subcategory: "strength",
  timeframe: "any",
  inputs: ["high", "low"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(14).describe("Bars back; the extreme is sought in window + 1 bars") }),
  doc: "Aroon: how recent the highest high and the lowest low are (100 = this bar, 0 = window bars ago), and up minus down.",
  notes: "Of equal extremes the latest counts, so a flat window reads 100 for both. NaN while the window holds a gap.",
  source: "Chande, Technical Analysis of Stocks & Commodities (September 1995); TA-Lib AROON, AROONOSC",
  memory: "finite",
  columns: ({ window }) => [
    { name: `aroon_up_${window}`, unit: "index", bounds: [0, 100], flat: 100 },
    { name: `aroon_down_${window}`, unit: "index", bounds: [0, 100], flat: 100 },
    { name: `aroon_osc_${window}`, unit: "index", bounds: [-100, 100], flat: 0 },
  ],
  warmupBars: ({ window }) => window,
  compute({ length, high, low }, { window }) {
    const up = barsSinceMax(high, window + 1);
    const down = barsSinceMin(low, window + 1);
    const difference = newColumn(length);
    for (let i = 0; i < length; i++) {
      up[i] = (100 * (window - up[i]!)) / window;
      down[i] = (100 * (window - down[i]!)) / window;
      difference[i] = up[i]! - down[i]!;
    }
    return [up, down, difference];
  },
});
