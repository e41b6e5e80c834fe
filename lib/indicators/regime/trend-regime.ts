import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";
import { atCompletedSessions, completedWarmup, sessionCloses } from "../session-closes.ts";

export const trendRegime = defineIndicator({
  name: "trend_regime",
  version: 1,
  category: "regime",
  subcategory: "trend",
  timeframe: "any",
  inputs: ["close", "sessionDate"],
  params: z.strictObject({ window: z.int().min(2).max(1000).default(200).describe("Sessions in the average") }),
  doc: "State of the trend: 1 when the close is above the mean of the last `window` session closes, -1 below, 0 at it.",
  notes:
    "On intraday bars the mean is that of completed sessions only; on daily bars the row's own close counts. NaN while the row's close or a session of the window is unknown.",
  source: "sign(close - SMA); Faber, A Quantitative Approach to Tactical Asset Allocation (2007)",
  memory: "finite",
  columns: ({ window }) => [{ name: `trend_regime_${window}`, unit: "flag", bounds: [-1, 1], flat: 0 }],
  warmupBars: ({ window }, barsPerSession = 1) => completedWarmup(window - 1, barsPerSession),
  compute(inputs, { window }) {
    const mean = atCompletedSessions(inputs, rollingMean(sessionCloses(inputs), window));
    const out = newColumn(inputs.length);
    for (let t = 0; t < out.length; t++) out[t] = Math.sign(inputs.close[t]! - mean[t]!);
    return [out];
  },
});
