import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";

export const marketBreadth = defineIndicator({
  name: "market_breadth",
  version: 1,
  category: "regime",
  subcategory: "breadth",
  timeframe: "any",
  inputs: ["universe"],
  params: z.strictObject({ window: z.int().min(2).max(1000).default(50).describe("Bars in each member's average") }),
  doc: "Share of the universe's members whose close is above their own mean of the last `window` bars.",
  notes:
    "Members are those of the row's date. One whose average is unknown (a recent joiner, a gap) does not count; NaN when no average is known, and without a universe.",
  source: "#{close > SMA} / #{SMA known}",
  memory: "finite",
  needs: () => ({ universe: true }),
  columns: ({ window }) => [{ name: `market_breadth_${window}`, unit: "ratio", bounds: [0, 1], flat: 0 }],
  warmupBars: ({ window }) => window - 1,
  compute({ length, universe }, { window }) {
    const above = newColumn(length).fill(0);
    const known = new Float64Array(length);
    for (const closes of universe?.closes ?? []) {
      const mean = rollingMean(closes, window);
      for (let t = 0; t < length; t++) {
        if (Number.isNaN(mean[t]!)) continue;
        known[t]! += 1;
        if (closes[t]! > mean[t]!) above[t]! += 1;
      }
    }
    for (let t = 0; t < length; t++) above[t] = known[t]! > 0 ? above[t]! / known[t]! : Number.NaN;
    return [above];
  },
});
