import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { closeRsi } from "../shared-series.ts";

export const cmo = defineIndicator({
  name: "cmo",
  version: 1,
  category: "momentum",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(1).max(1000).default(14).describe("Wilder's period; alpha = 1 / window") }),
  doc: "Chande momentum oscillator: gains minus losses in percent of gains plus losses, -100 to 100.",
  notes:
    "Gains and losses are Wilder's averages, as in TA-Lib, so it is 2 rsi - 100; Chande's own sums over the last window differ (TA-Lib CMOU). A series without any change reads 0. NaN at a gap and at the bar after it; the averages then go on.",
  source: "Chande and Kroll, The New Technical Trader (1994); TA-Lib CMO",
  memory: "recursive",
  columns: ({ window }) => [{ name: `cmo_${window}`, unit: "index", bounds: [-100, 100], flat: 0 }],
  warmupBars: ({ window }) => window,
  compute(inputs, { window }) {
    const rsi = closeRsi(inputs, window);
    const out = newColumn(inputs.length);
    for (let i = 0; i < out.length; i++) out[i] = 2 * rsi[i]! - 100;
    return [out];
  },
});
