import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";
import { typicalPrice } from "../shared-series.ts";

export const mfi = defineIndicator({
  name: "mfi",
  version: 1,
  category: "volume",
  subcategory: "money flow",
  timeframe: "any",
  inputs: ["high", "low", "close", "volume"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(14).describe("Changes in the window") }),
  doc: "Money flow index: share of typical price x volume that was traded on rising typical prices, 0 to 100.",
  notes:
    "A bar whose typical price did not change counts on neither side. 50 where no money flowed either way, as for the RSI; TA-Lib gives 0 there, and wherever the flow of the window is below 1. NaN while the window holds a gap or the bar after one.",
  source: "Quong & Soudack, Technical Analysis of Stocks & Commodities (1989); TA-Lib MFI",
  memory: "finite",
  columns: ({ window }) => [{ name: `mfi_${window}`, unit: "index", bounds: [0, 100], flat: 50 }],
  warmupBars: ({ window }) => window,
  compute(inputs, { window }) {
    const { length, volume } = inputs;
    const typical = typicalPrice(inputs);
    const rising = newColumn(length);
    const falling = newColumn(length);
    let before = Number.NaN;
    for (let i = 0; i < length; i++) {
      const price = typical[i]!;
      const flow = price * volume[i]!;
      const change = price - before;
      const none = 0 * (change + flow);
      rising[i] = change > 0 ? flow : none;
      falling[i] = change < 0 ? flow : none;
      before = price;
    }
    const up = rollingMean(rising, window);
    const down = rollingMean(falling, window);
    const out = newColumn(length);
    for (let i = 0; i < length; i++) {
      const total = up[i]! + down[i]!;
      out[i] = total === 0 ? 50 : Math.max(0, Math.min(100, (100 * up[i]!) / total));
    }
    return [out];
  },
});
