import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { closeSma } from "../shared-series.ts";

export const dpo = defineIndicator({
  name: "dpo",
  version: 1,
  category: "trend",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(20).describe("Bars in the mean") }),
  doc: "Detrended price oscillator: the close window / 2 + 1 bars ago minus the simple moving average of this bar.",
  notes:
    "The half is rounded down. Chart programs draw this value window / 2 + 1 bars back, centred under the mean: there it looks ahead, here it stands at the bar that knows it. NaN while the window holds a gap.",
  source: "close(t - window / 2 - 1) - SMA(t); TA-Lib DPO",
  memory: "finite",
  columns: ({ window }) => [{ name: `dpo_${window}`, unit: "price", flat: 0 }],
  warmupBars: ({ window }) => Math.max(window - 1, lagBars(window)),
  compute(inputs, { window }) {
    const { length, close } = inputs;
    const lag = lagBars(window);
    const mean = closeSma(inputs, window);
    const out = newColumn(length).fill(Number.NaN, 0, Math.min(lag, length));
    for (let i = lag; i < length; i++) out[i] = close[i - lag]! - mean[i]!;
    return [out];
  },
});

const lagBars = (window: number): number => Math.floor(window / 2) + 1;
