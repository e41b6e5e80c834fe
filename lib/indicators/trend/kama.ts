import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";

export const kama = defineIndicator({
  name: "kama",
  version: 1,
  category: "trend",
  subcategory: "moving average",
  timeframe: "any",
  inputs: ["close"],
  params: z
    .strictObject({
      er_period: z.int().min(1).max(5000).default(10).describe("Bars of the efficiency ratio"),
      fast: z.int().min(1).max(500).default(2).describe("Span of the average where the path is straight"),
      slow: z.int().min(2).max(5000).default(30).describe("Span of the average where the path is all noise"),
    })
    .refine(({ fast, slow }) => fast < slow, { path: ["fast"], message: "must be smaller than slow" }),
  paramAliases: { window: "er_period", period: "er_period", length: "er_period" },
  doc: "Kaufman's adaptive moving average of the close: fast where prices go straight (efficiency ratio near 1), slow where they go to and fro.",
  notes:
    "Seeded with the close before its first bar, as TA-Lib does. Where no close of the window changed the ratio is 1. NaN while the window holds a gap; the average then goes on from where it was.",
  source: "Kaufman, Smarter Trading (1995); TA-Lib KAMA",
  memory: "recursive",
  columns: ({ er_period, fast, slow }) => [{ name: `kama_${er_period}_${fast}_${slow}`, unit: "price", flat: "price" }],
  warmupBars: ({ er_period }) => er_period,
  compute: ({ close }, { er_period, fast, slow }) => [adaptiveAverage(close, er_period, 2 / (fast + 1), 2 / (slow + 1))],
});

function adaptiveAverage(close: Float64Array, window: number, fastAlpha: number, slowAlpha: number): Float64Array {
  const n = close.length;
  const steps = newColumn(n);
  if (n > 0) steps[0] = Number.NaN;
  for (let i = 1; i < n; i++) steps[i] = Math.abs(close[i]! - close[i - 1]!);
  const path = rollingMean(steps, window);
  const out = newColumn(n).fill(Number.NaN);
  let state = Number.NaN;
  for (let i = window; i < n; i++) {
    const length = path[i]! * window;
    if (Number.isNaN(length)) continue;
    if (Number.isNaN(state)) state = close[i - 1]!;
    const efficiency = length > 0 ? Math.min(1, Math.abs(close[i]! - close[i - window]!) / length) : 1;
    const alpha = efficiency * (fastAlpha - slowAlpha) + slowAlpha;
    state += alpha * alpha * (close[i]! - state);
    out[i] = state;
  }
  return out;
}
