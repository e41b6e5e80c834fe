import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMax, rollingMin } from "../kernels/rolling.ts";
import { medianPrice } from "../shared-series.ts";

export const fisherTransform = defineIndicator({
  name: "fisher_transform",
  version: 1,
  category: "momentum",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["high", "low"],
  params: z.strictObject({ window: z.int().min(2).max(5000).default(10).describe("Bars of the range") }),
  doc: "Fisher transform of where (high + low) / 2 lies in its range, smoothed before and after, and its value one bar before (the trigger).",
  notes:
    "Starts from 0 at the first full window; programs that start from a window still growing agree after some twenty bars. NaN while the window holds a gap and where it has no range; the averages then go on.",
  source: "Ehlers, Using the Fisher Transform, Technical Analysis of Stocks & Commodities (November 2002)",
  memory: "recursive",
  columns: ({ window }) => [
    { name: `fisher_transform_${window}`, unit: "index", warmupBars: window - 1, flat: Number.NaN },
    { name: `fisher_trigger_${window}`, unit: "index", flat: Number.NaN },
  ],
  warmupBars: ({ window }) => window,
  compute(inputs, { window }) {
    const middle = medianPrice(inputs);
    const top = rollingMax(middle, window);
    const bottom = rollingMin(middle, window);
    const fisher = newColumn(inputs.length);
    const trigger = newColumn(inputs.length);
    let place = 0;
    let value = 0;
    let before = Number.NaN;
    for (let i = 0; i < fisher.length; i++) {
      const range = top[i]! - bottom[i]!;
      if (range > 0) {
        place = 0.66 * ((middle[i]! - bottom[i]!) / range - 0.5) + 0.67 * place;
        if (Math.abs(place) > 0.99) place = 0.999 * Math.sign(place);
        value = 0.5 * Math.log((1 + place) / (1 - place)) + 0.5 * value;
      }
      fisher[i] = range > 0 ? value : Number.NaN;
      trigger[i] = range > 0 ? before : Number.NaN;
      before = fisher[i]!;
    }
    return [fisher, trigger];
  },
});
