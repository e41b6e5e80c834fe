import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { otherCloses } from "../other-closes.ts";
import { countBelow, forEachSession, latestValues } from "../timeline.ts";

export const vixPercentile = defineIndicator({
  name: "vix_percentile",
  version: 1,
  category: "regime",
  subcategory: "volatility_index",
  timeframe: "any",
  inputs: ["others", "sessionDate", "barEnd"],
  params: z.strictObject({ window: z.int().min(20).max(2520).default(252).describe("Past sessions that are compared") }),
  doc: "Share of the past sessions whose VIX close was below the latest published one, in percent.",
  notes:
    "The past is the `window` sessions before that of the latest close. Missing closes are left out; NaN when less than 60 % of the window is there, or the latest close is more than one session old.",
  source: "100 x #{VIX(s - k) < VIX(s), k = 1 .. window} / #known",
  memory: "finite",
  needs: ({ window }) => ({ dailySymbols: ["VIX"], historySessions: window + 1 }),
  columns: ({ window }) => [{ name: `vix_percentile_${window}`, unit: "percent", bounds: [0, 100], flat: 0 }],
  warmupBars: () => 0,
  compute(inputs, { window }) {
    const vix = otherCloses(inputs, "VIX");
    const percentiles = inputs.shared.get(`vix_percentile:${window}`, () => {
      const out = new Float64Array(vix.close.length).fill(Number.NaN);
      forEachSession(vix, vix.close, window, (past, from, to) => {
        for (let i = from; i < to; i++) out[i] = percentileOf(past, vix.close[i]!);
      });
      return out;
    });
    return [latestValues(inputs, vix, percentiles)];
  },
});

const percentileOf = (past: Float64Array, value: number): number =>
  Number.isNaN(value) ? Number.NaN : (100 * countBelow(past, value)) / past.length;
