import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";
import { closeReturn } from "../shared-series.ts";

const change = (bars: number) => z.int().min(1).max(2000).default(bars).describe("Bars back of the change");
const mean = (bars: number, weight: number) => z.int().min(1).max(2000).default(bars).describe(`Bars of its mean, which weighs ${weight}`);

export const kst = defineIndicator({
  name: "kst",
  version: 1,
  category: "momentum",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({
    roc1: change(10),
    roc2: change(15),
    roc3: change(20),
    roc4: change(30),
    sma1: mean(10, 1),
    sma2: mean(10, 2),
    sma3: mean(10, 3),
    sma4: mean(15, 4),
    signal: z.int().min(1).max(1000).default(9).describe("Bars of the signal line"),
  }),
  doc: "Know sure thing: the means of four rates of change of the close in percent, weighed 1 to 4 and summed, and its signal line (a simple mean).",
  notes: "The defaults are Pring's for short-term charts. NaN while its windows hold a gap or a close that is not positive.",
  source: "Pring, Technical Analysis of Stocks & Commodities (September 1992)",
  memory: "finite",
  columns({ roc1, roc2, roc3, roc4, sma1, sma2, sma3, sma4, signal }) {
    const suffix = [roc1, roc2, roc3, roc4, sma1, sma2, sma3, sma4].join("_");
    const warmupBars = Math.max(roc1 + sma1, roc2 + sma2, roc3 + sma3, roc4 + sma4) - 1;
    return [
      { name: `kst_${suffix}`, unit: "percent", warmupBars, flat: 0 },
      { name: `kst_signal_${suffix}_${signal}`, unit: "percent", flat: 0 },
    ];
  },
  warmupBars: ({ roc1, roc2, roc3, roc4, sma1, sma2, sma3, sma4, signal }) =>
    Math.max(roc1 + sma1, roc2 + sma2, roc3 + sma3, roc4 + sma4) + signal - 2,
  compute(inputs, { roc1, roc2, roc3, roc4, sma1, sma2, sma3, sma4, signal }) {
    const line = newColumn(inputs.length).fill(0);
    for (const [lag, bars, weight] of [
      [roc1, sma1, 100],
      [roc2, sma2, 200],
      [roc3, sma3, 300],
      [roc4, sma4, 400],
    ] as const) {
      const average = rollingMean(closeReturn(inputs, lag), bars);
      for (let i = 0; i < line.length; i++) line[i] = line[i]! + weight * average[i]!;
    }
    return [line, rollingMean(line, signal)];
  },
});
