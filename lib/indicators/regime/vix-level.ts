import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { otherCloses } from "../other-closes.ts";
import { latestValues } from "../timeline.ts";

export const vixLevel = defineIndicator({
  name: "vix_level",
  version: 1,
  category: "regime",
  subcategory: "volatility_index",
  timeframe: "any",
  inputs: ["others", "sessionDate", "barEnd"],
  params: z.strictObject({}),
  doc: "Latest published close of the VIX, in its points.",
  notes:
    "The VIX closes at 16:15, so a row that ends at 16:00 has the close of the session before. NaN when the last published close is more than one session old.",
  source: "Cboe Volatility Index",
  memory: "finite",
  needs: () => ({ dailySymbols: ["VIX"] }),
  columns: () => [{ name: "vix_level", unit: "points" }],
  warmupBars: () => 0,
  compute(inputs) {
    const vix = otherCloses(inputs, "VIX");
    return [latestValues(inputs, vix, vix.close)];
  },
});
