import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMoments, standardised } from "../kernels/rolling.ts";
import { sessionPosition } from "../session-series.ts";
import { openingOf } from "./opening-bars.ts";

const MINUTES = 15;

export const first15mRangeZ = defineIndicator({
  name: "first15m_range_z",
  version: 1,
  category: "intraday",
  subcategory: "opening",
  timeframe: "minute",
  inputs: ["high", "low", "close", "sessionDate", "barStart", "barEnd"],
  params: z.strictObject({ window: z.int().min(2).max(1000).default(20).describe("Sessions in the window, the current one among them") }),
  doc: "Range of the session's first 15 minutes over its middle, minus its trailing mean over sessions, in trailing population standard deviations.",
  notes:
    "NaN until the 15 minutes are over, on bars that are too long to know them (hourly, daily), while the window holds a session whose first 15 minutes are unknown, where all its ranges are equal, and at an unknown bar.",
  source: "x = (H - L) / ((H + L) / 2) of the first 15 minutes; (x(s) - mean(x)) / std(x), divisor n",
  memory: "recursive",
  columns: ({ window }) => [{ name: `first15m_range_z_${window}`, unit: "index", flat: Number.NaN, partOfSession: true }],
  warmupBars: ({ window }, barsPerSession = 1) => (window - 1) * barsPerSession,
  compute(inputs, { window }) {
    const { length, close, barEnd } = inputs;
    const position = sessionPosition(inputs);
    const { high, low, end } = openingOf(inputs, MINUTES);
    const ranges = high.map((top, s) => (top - low[s]!) / (low[s]! + (top - low[s]!) / 2));
    const { mean, std } = rollingMoments(ranges, window, 0);
    const scores = standardised(ranges, mean, std);
    const out = newColumn(length);
    for (let i = 0; i < length; i++) {
      const session = position[i]!;
      out[i] = barEnd[i]! >= end[session]! && !Number.isNaN(close[i]!) ? scores[session]! : Number.NaN;
    }
    return [out];
  },
});
