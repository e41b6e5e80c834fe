import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { otherCloses } from "../other-closes.ts";
import { latestValues } from "../timeline.ts";

export const vixDelta = defineIndicator({
  name: "vix_delta",
  version: 1,
  category: "regime",
  subcategory: "volatility_index",
  timeframe: "any",
  inputs: ["others", "sessionDate", "barEnd"],
  params: z.strictObject({ window: z.int().min(1).max(252).default(1).describe("Sessions that the change spans") }),
  doc: "Latest published close of the VIX less its close `window` sessions before, in points.",
  notes: "NaN when either close is missing, or the last published one is more than one session old.",
  source: "Cboe Volatility Index; VIX(s) - VIX(s - window)",
  memory: "finite",
  needs: ({ window }) => ({ dailySymbols: ["VIX"], historySessions: window + 1 }),
  columns: ({ window }) => [{ name: `vix_delta_${window}`, unit: "points", flat: 0 }],
  warmupBars: () => 0,
  compute(inputs, { window }) {
    const vix = otherCloses(inputs, "VIX");
    const changes = inputs.shared.get(`vix_delta:${window}`, () => {
      const bySession = new Map<number, number>();
      return vix.close.map((close, i) => {
        bySession.set(vix.session[i]!, close);
        return close - (bySession.get(vix.session[i]! - window) ?? Number.NaN);
      });
    });
    return [latestValues(inputs, vix, changes)];
  },
});
