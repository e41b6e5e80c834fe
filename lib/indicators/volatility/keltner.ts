import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { averageTrueRange, closeEma } from "../shared-series.ts";

/** Below this share of the price the channel has no width that a price could have a place in, only roundings. */
const LEAST_WIDTH = 1e-5;

export const keltner = defineIndicator({
  name: "keltner",
  version: 1,
  category: "volatility",
  subcategory: "bands",
  timeframe: "any",
  inputs: ["high", "low", "close"],
  params: z.strictObject({
    window: z.int().min(1).max(5000).default(20).describe("Span of the exponential average in the middle"),
    multiplier: z.number().min(0.1).max(10).default(2).describe("Half width of the channel in average true ranges"),
    atr_window: z.int().min(1).max(1000).default(10).describe("Wilder's period of the average true range"),
  }),
  doc: "Keltner channel: EMA of the close, plus and minus `multiplier` average true ranges, its width over the middle, and the close's place in it.",
  notes:
    "Raschke's form (EMA and ATR); Keltner's own had a mean of typical prices and of ranges. NaN at a gap; both averages then go on. The place is also NaN where the channel is narrower than a hundred-thousandth of the price, that is where nothing has moved for long.",
  source: "Keltner, How to Make Money in Commodities (1960), in Raschke's form",
  memory: "recursive",
  columns({ window, multiplier, atr_window }) {
    const suffix = `${window}_${String(multiplier).replace(".", "p")}_${atr_window}`;
    return [
      { name: `keltner_mid_${suffix}`, unit: "price", warmupBars: window - 1, flat: "price" },
      { name: `keltner_upper_${suffix}`, unit: "price", flat: "price" },
      { name: `keltner_lower_${suffix}`, unit: "price", flat: "price" },
      { name: `keltner_width_${suffix}`, unit: "ratio", flat: 0 },
      { name: `keltner_pos_${suffix}`, unit: "ratio", flat: Number.NaN },
    ];
  },
  warmupBars: ({ window, atr_window }) => Math.max(window - 1, atr_window),
  compute(inputs, { window, multiplier, atr_window }) {
    const { length, close } = inputs;
    const middle = closeEma(inputs, window);
    const range = averageTrueRange(inputs, atr_window);
    const upper = newColumn(length);
    const lower = newColumn(length);
    const width = newColumn(length);
    const place = newColumn(length);
    for (let i = 0; i < length; i++) {
      const half = multiplier * range[i]!;
      upper[i] = middle[i]! + half;
      lower[i] = middle[i]! - half;
      width[i] = (2 * half) / middle[i]!;
      place[i] = width[i]! > LEAST_WIDTH ? 0.5 + (close[i]! - middle[i]!) / (2 * half) : Number.NaN;
    }
    return [middle, upper, lower, width, place];
  },
});
