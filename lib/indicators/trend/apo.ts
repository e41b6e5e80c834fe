import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { TwoAveragesParams, twoAverages } from "./two-averages.ts";

export const apo = defineIndicator({
  name: "apo",
  version: 1,
  category: "trend",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["close"],
  params: TwoAveragesParams,
  doc: "Absolute price oscillator: fast minus slow moving average of the close.",
  notes:
    "Each average has its own seed, so it begins earlier than `macd` and differs from it at first. TA-Lib's default was simple averages before its version 0.8. NaN at a gap; exponential averages then go on, simple ones are NaN while their window holds the gap.",
  source: "TA-Lib APO",
  memory: "recursive",
  columns: ({ fast, slow, exponential }) => [{ name: `${exponential ? "apo" : "apo_sma"}_${fast}_${slow}`, unit: "price", flat: 0 }],
  warmupBars: ({ slow }) => slow - 1,
  compute(inputs, params) {
    const [near, far] = twoAverages(inputs, params);
    const out = newColumn(inputs.length);
    for (let i = 0; i < out.length; i++) out[i] = near[i]! - far[i]!;
    return [out];
  },
});
