import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { beginsMidSession, sessionPosition } from "../session-series.ts";

export const dayRangePos = defineIndicator({
  name: "day_range_pos",
  version: 1,
  category: "intraday",
  subcategory: "position",
  timeframe: "any",
  inputs: ["high", "low", "close", "sessionDate", "barStart"],
  params: z.strictObject({}),
  doc: "Where the close lies in the session's range so far: 0 at its low, 1 at its high.",
  notes:
    "NaN at an unknown bar, which is left out of the range, while the range is zero, and in a first session whose beginning is missing; then it goes on.",
  source: "(close - lowest low) / (highest high - lowest low) over the session so far",
  memory: "recursive",
  columns: () => [{ name: "day_range_pos", unit: "ratio", bounds: [0, 1], flat: Number.NaN }],
  warmupBars: () => 0,
  compute(inputs) {
    const { length, high, low, close } = inputs;
    const position = sessionPosition(inputs);
    const out = newColumn(length);
    const firstKnown = beginsMidSession(inputs) ? 1 : 0;
    let session = -1;
    let top = 0;
    let bottom = 0;
    for (let i = 0; i < length; i++) {
      if (position[i] !== session) {
        session = position[i]!;
        top = Number.NEGATIVE_INFINITY;
        bottom = Number.POSITIVE_INFINITY;
      }
      out[i] = Number.NaN;
      if (Number.isNaN(high[i]! + low[i]! + close[i]!)) continue;
      top = Math.max(top, high[i]!);
      bottom = Math.min(bottom, low[i]!);
      if (session >= firstKnown && top > bottom) out[i] = Math.max(0, Math.min(1, (close[i]! - bottom) / (top - bottom)));
    }
    return [out];
  },
});
