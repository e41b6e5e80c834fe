import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";

/** Volume is counted in units of this many shares, by convention. */
const VOLUME_UNIT = 1e8;

export const easeOfMovement = defineIndicator({
  name: "ease_of_movement",
  version: 1,
  category: "volume",
  subcategory: "money flow",
  timeframe: "any",
  inputs: ["high", "low", "volume"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(14).describe("Bars in the mean; 1 = the raw value") }),
  doc: "Ease of movement: mean of the middle price's change times the bar's range, per hundred million shares.",
  notes:
    "Volume in units of 100,000,000, as most charts have it; others divide by 10,000, a constant factor. NaN while the window holds a gap, the bar after one, or a bar without volume.",
  source: "Arms, Volume Cycles in the Stock Market (1983)",
  memory: "finite",
  columns: ({ window }) => [{ name: `ease_of_movement_${window}`, unit: "price2_per_volume", flat: 0 }],
  warmupBars: ({ window }) => window,
  compute({ length, high, low, volume }, { window }) {
    const ease = newColumn(length);
    let before = Number.NaN;
    for (let i = 0; i < length; i++) {
      const middle = (high[i]! + low[i]!) / 2;
      ease[i] = volume[i]! > 0 ? ((middle - before) * (high[i]! - low[i]!) * VOLUME_UNIT) / volume[i]! : Number.NaN;
      before = middle;
    }
    return [rollingMean(ease, window)];
  },
});
