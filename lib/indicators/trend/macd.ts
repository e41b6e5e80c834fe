import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { convergence } from "../kernels/recursive.ts";

export const macd = defineIndicator({
  name: "macd",
  version: 2,
  category: "trend",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["close"],
  params: z
    .strictObject({
      fast: z.int().min(1).max(2000).default(12).describe("Span of the fast average"),
      slow: z.int().min(2).max(5000).default(26).describe("Span of the slow average"),
      signal: z.int().min(1).max(1000).default(9).describe("Span of the signal line"),
    })
    .refine(({ fast, slow }) => fast < slow, { path: ["fast"], message: "must be smaller than slow" }),
  doc: "Moving average convergence/divergence: fast EMA minus slow EMA, its signal line (an EMA) and their difference.",
  notes:
    "The seeds are TA-Lib's: both averages begin at the same bar, so the fast one is seeded by the mean of the last `fast` of the first `slow` closes, and the three columns begin together. ema(fast) - ema(slow), each with its own seed, differs at first and is `apo`; the two agree within a few spans. NaN at a gap; the averages then go on.",
  source: "Appel, Technical Analysis: Power Tools for Active Investors (2005); TA-Lib MACD",
  memory: "recursive",
  columns({ fast, slow, signal }) {
    const suffix = `${fast}_${slow}_${signal}`;
    return [
      { name: `macd_${suffix}`, unit: "price", flat: 0 },
      { name: `macd_signal_${suffix}`, unit: "price", flat: 0 },
      { name: `macd_hist_${suffix}`, unit: "price", flat: 0 },
    ];
  },
  warmupBars: ({ slow, signal }) => slow + signal - 2,
  compute: ({ close }, { fast, slow, signal }) => convergence(close, fast, slow, signal),
});
