import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { highest, lowest } from "../shared-series.ts";

export const donchian = defineIndicator({
  name: "donchian",
  version: 1,
  category: "volatility",
  subcategory: "bands",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(20).describe("Bars of the channel, the current one not among them") }),
  doc: "Donchian channel of the bars before this one: highest high, lowest low, their middle, and the close's place in it (above 1 = upward breakout).",
  notes:
    "The current bar is left out, so that a close can break out of the channel. NaN while the window holds a gap; the place is also NaN where the channel has no width.",
  source: "Donchian (1960), as in the turtle rules: max(high, t - window .. t - 1)",
  memory: "finite",
  columns: ({ window }) => [
    { name: `donchian_upper_${window}`, unit: "price", flat: "price" },
    { name: `donchian_lower_${window}`, unit: "price", flat: "price" },
    { name: `donchian_mid_${window}`, unit: "price", flat: "price" },
    { name: `donchian_pos_${window}`, unit: "ratio", flat: Number.NaN },
  ],
  warmupBars: ({ window }) => window,
  compute(inputs, { window }) {
    const { length, close } = inputs;
    const top = highest(inputs, window);
    const bottom = lowest(inputs, window);
    const upper = new Float64Array(length);
    const lower = new Float64Array(length);
    const middle = new Float64Array(length);
    const place = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      const high = i > 0 ? top[i - 1]! : Number.NaN;
      const low = i > 0 ? bottom[i - 1]! : Number.NaN;
      upper[i] = high;
      lower[i] = low;
      middle[i] = low + (high - low) / 2;
      place[i] = (close[i]! - low) / (high - low);
      if (high === low) place[i] = Number.NaN;
    }
    return [upper, lower, middle, place];
  },
});
