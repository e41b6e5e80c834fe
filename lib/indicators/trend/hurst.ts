import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";
import { closeLogReturn } from "../shared-series.ts";

export const hurst = defineIndicator({
  name: "hurst",
  version: 1,
  category: "trend",
  subcategory: "persistence",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(16).max(5000).default(100).describe("Closes in the window") }),
  doc: "Hurst exponent of the last log closes by the scaling of variances: 0.5 = random walk, above = moves persist, below = they revert.",
  notes:
    "Half the slope of log2 of the mean squared log return over lags 1, 2, 4, ... up to a quarter of the window, against log2 of the lag: variance ratios, not the rescaled range, which reads too high in short windows and costs a pass over the window at every bar. The means are not centred, so a steady drift reads 1. In short windows it scatters widely and can leave 0 to 1. NaN while the window holds a gap and where the closes of a lag are all equal.",
  source: "Di Matteo, Multi-scaling in finance, Quantitative Finance 7 (2007), q = 2; Lo and MacKinlay (1988)",
  memory: "finite",
  columns: ({ window }) => [{ name: `hurst_${window}`, unit: "index", flat: Number.NaN }],
  warmupBars: ({ window }) => window - 1,
  compute(inputs, { window }) {
    const { length } = inputs;
    const lags = Math.floor(Math.log2(window / 4)) + 1;
    const spread = (lags * (lags * lags - 1)) / 12;
    const squares = newColumn(length);
    const out = newColumn(length).fill(0);
    for (let j = 0; j < lags; j++) {
      const lag = 2 ** j;
      const change = closeLogReturn(inputs, lag);
      for (let i = 0; i < length; i++) squares[i] = change[i]! * change[i]!;
      const moment = rollingMean(squares, window - lag);
      const weight = (j - (lags - 1) / 2) / (2 * spread);
      for (let i = 0; i < length; i++) out[i] = moment[i]! > 0 ? out[i]! + weight * Math.log2(moment[i]!) : Number.NaN;
    }
    return [out];
  },
});
