import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { ema } from "../kernels/recursive.ts";

export const zlema = defineIndicator({
  name: "zlema",
  version: 1,
  category: "trend",
  subcategory: "moving average",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(20).describe("Span of the average") }),
  doc: "Zero-lag exponential moving average of the close: the average of 2 close(t) - close(t - lag), lag = (window - 1) / 2.",
  notes:
    "The lag is rounded down. Seeded with the simple mean of the first window of that difference. NaN at a gap and `lag` bars after it; the average then goes on.",
  source: "Ehlers and Way, Zero Lag (well, almost) (2010); TA-Lib ZLEMA",
  memory: "recursive",
  columns: ({ window }) => [{ name: `zlema_${window}`, unit: "price", flat: "price" }],
  warmupBars: ({ window }) => lagBars(window) + window - 1,
  compute({ length, close }, { window }) {
    const lag = lagBars(window);
    const ahead = newColumn(length).fill(Number.NaN, 0, Math.min(lag, length));
    for (let i = lag; i < length; i++) ahead[i] = close[i]! + (close[i]! - close[i - lag]!);
    return [ema(ahead, window)];
  },
});

const lagBars = (window: number): number => Math.floor((window - 1) / 2);
