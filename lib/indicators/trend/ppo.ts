import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { TwoAveragesParams, twoAverages } from "./two-averages.ts";

export const ppo = defineIndicator({
  name: "ppo",
  version: 1,
  category: "trend",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["close"],
  params: TwoAveragesParams,
  doc: "Percentage price oscillator: fast minus slow moving average of the close, in percent of the slow one.",
  notes:
    "Each average has its own seed. TA-Lib's default was simple averages before its version 0.8. NaN where the slow average is not positive and at a gap; exponential averages then go on, simple ones are NaN while their window holds the gap.",
  source: "Appel, Technical Analysis: Power Tools for Active Investors (2005); TA-Lib PPO",
  memory: "recursive",
  columns: ({ fast, slow, exponential }) => [{ name: `${exponential ? "ppo" : "ppo_sma"}_${fast}_${slow}`, unit: "percent", flat: 0 }],
  warmupBars: ({ slow }) => slow - 1,
  compute(inputs, params) {
    const [near, far] = twoAverages(inputs, params);
    const out = newColumn(inputs.length);
    for (let i = 0; i < out.length; i++) {
      const base = far[i]!;
      out[i] = base > 0 ? (100 * (near[i]! - base)) / base : Number.NaN;
    }
    return [out];
  },
});
