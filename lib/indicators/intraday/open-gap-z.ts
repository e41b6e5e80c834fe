import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { rollingMoments, standardised } from "../kernels/rolling.ts";
import { overSession } from "../session-series.ts";
import { sessionGaps } from "./session-gap.ts";

export const openGapZ = defineIndicator({
  name: "open_gap_z",
  version: 1,
  category: "intraday",
  subcategory: "gap",
  timeframe: "any",
  inputs: ["open", "close", "sessionDate", "barStart"],
  params: z.strictObject({ window: z.int().min(2).max(1000).default(20).describe("Sessions in the window, the current one among them") }),
  doc: "The session's overnight gap minus its trailing mean over sessions, in trailing population standard deviations.",
  notes:
    "The same at all bars of the session. NaN at an unknown bar, while the window holds an unknown gap, and where all its gaps are equal.",
  source: "(gap(s) - mean(gap)) / std(gap) over the last sessions, divisor n",
  memory: "finite",
  columns: ({ window }) => [{ name: `open_gap_z_${window}`, unit: "index", flat: Number.NaN }],
  warmupBars: ({ window }, barsPerSession = 1) => window * barsPerSession,
  compute(inputs, { window }) {
    const gaps = sessionGaps(inputs);
    const { mean, std } = rollingMoments(gaps, window, 0);
    return [overSession(inputs, standardised(gaps, mean, std))];
  },
});
