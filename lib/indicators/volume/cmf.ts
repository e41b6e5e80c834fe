import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";
import { moneyFlowVolume } from "../shared-series.ts";

export const cmf = defineIndicator({
  name: "cmf",
  version: 1,
  category: "volume",
  subcategory: "money flow",
  timeframe: "any",
  inputs: ["high", "low", "close", "volume"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(20).describe("Bars in the window") }),
  doc: "Chaikin money flow: volume weighted by the close's place in its bar, over all volume of the window; -1 to 1.",
  notes: "A bar without a range counts as neutral. NaN while the window holds a gap and where nothing was traded in it.",
  source: "Chaikin, as in Achelis, Technical Analysis from A to Z (2000)",
  memory: "finite",
  columns: ({ window }) => [{ name: `cmf_${window}`, unit: "index", bounds: [-1, 1], flat: 0 }],
  warmupBars: ({ window }) => window - 1,
  compute(inputs, { window }) {
    const flow = rollingMean(moneyFlowVolume(inputs), window);
    const traded = rollingMean(inputs.volume, window);
    const out = newColumn(inputs.length);
    for (let i = 0; i < out.length; i++) out[i] = traded[i]! > 0 ? Math.max(-1, Math.min(1, flow[i]! / traded[i]!)) : Number.NaN;
    return [out];
  },
});
