import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { ema } from "../kernels/recursive.ts";

export const tsi = defineIndicator({
  name: "tsi",
  version: 1,
  category: "momentum",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({
    r: z.int().min(1).max(1000).default(25).describe("Span of the first average"),
    s: z.int().min(1).max(1000).default(13).describe("Span of the second average"),
  }),
  doc: "True strength index: the one-bar change of the close, exponentially averaged twice, in percent of its absolute value averaged the same way.",
  notes:
    "Each average is seeded with the simple mean of its own first window. NaN where no close changed so far (TA-Lib reads 0), at a gap and at the bar after it; the averages then go on.",
  source: "Blau, Technical Analysis of Stocks & Commodities (November 1991); TA-Lib TSI",
  memory: "recursive",
  columns: ({ r, s }) => [{ name: `tsi_${r}_${s}`, unit: "index", bounds: [-100, 100], flat: Number.NaN }],
  warmupBars: ({ r, s }) => r + s - 1,
  compute({ length, close }, { r, s }) {
    const change = newColumn(length);
    const size = newColumn(length);
    let before = Number.NaN;
    for (let i = 0; i < length; i++) {
      change[i] = close[i]! - before;
      size[i] = Math.abs(change[i]!);
      before = close[i]!;
    }
    const out = ema(ema(change, r), s);
    const whole = ema(ema(size, r), s);
    for (let i = 0; i < length; i++) {
      const share = whole[i]! > 0 ? out[i]! / whole[i]! : Number.NaN;
      out[i] = Math.max(-100, Math.min(100, 100 * share));
    }
    return [out];
  },
});
