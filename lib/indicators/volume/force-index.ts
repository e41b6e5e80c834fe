import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { ema } from "../kernels/recursive.ts";

export const forceIndex = defineIndicator({
  name: "force_index",
  version: 1,
  category: "volume",
  subcategory: "money flow",
  timeframe: "any",
  inputs: ["close", "volume"],
  params: z.strictObject({ window: z.int().min(1).max(2000).default(13).describe("Span of the exponential average; 1 = the raw index") }),
  doc: "Elder's force index: exponential average of the close's change times volume.",
  notes: "The average is seeded with the mean of its first window. NaN at a gap and at the bar after it; the average then goes on.",
  source: "Elder, Trading for a Living (1993)",
  memory: "recursive",
  columns: ({ window }) => [{ name: `force_index_${window}`, unit: "turnover", flat: 0 }],
  warmupBars: ({ window }) => window,
  compute({ length, close, volume }, { window }) {
    const force = newColumn(length);
    let before = Number.NaN;
    for (let i = 0; i < length; i++) {
      force[i] = (close[i]! - before) * volume[i]!;
      before = close[i]!;
    }
    return [ema(force, window)];
  },
});
