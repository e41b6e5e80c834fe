import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import type { IndicatorInputs } from "../inputs.ts";
import { newColumn } from "../kernels/columns.ts";
import { ema } from "../kernels/recursive.ts";

export const klinger = defineIndicator({
  name: "klinger",
  version: 1,
  category: "volume",
  subcategory: "money flow",
  timeframe: "any",
  inputs: ["high", "low", "close", "volume"],
  params: z
    .strictObject({
      fast: z.int().min(1).max(2000).default(34).describe("Span of the fast average"),
      slow: z.int().min(2).max(5000).default(55).describe("Span of the slow average"),
      signal: z.int().min(1).max(1000).default(13).describe("Span of the signal line"),
    })
    .refine(({ fast, slow }) => fast < slow, { path: ["fast"], message: "must be smaller than slow" }),
  doc: "Klinger volume oscillator: fast minus slow exponential average of the volume force, and its signal line.",
  notes:
    "The force is volume x |2 (range / cumulated range - 1)| x trend x 100, the trend being up when high + low + close rises; the ranges cumulate from the bar before a change of trend. Averages are seeded with the mean of their first window, where some libraries start from the first force. NaN at a gap, which is left out: the next bar is compared with the last known one.",
  source: "Klinger, Identifying Trends with Volume Analysis, Technical Analysis of Stocks & Commodities (December 1997)",
  memory: "recursive",
  columns({ fast, slow, signal }) {
    const suffix = `${fast}_${slow}_${signal}`;
    return [
      { name: `klinger_${suffix}`, unit: "volume", warmupBars: slow + 1, flat: 0 },
      { name: `klinger_signal_${suffix}`, unit: "volume", flat: 0 },
    ];
  },
  warmupBars: ({ slow, signal }) => slow + signal,
  compute(inputs, { fast, slow, signal }) {
    const force = volumeForce(inputs);
    const line = ema(force, fast);
    const slower = ema(force, slow);
    for (let i = 0; i < line.length; i++) line[i] = line[i]! - slower[i]!;
    return [line, ema(line, signal)];
  },
});

/** Known from the third known bar on: a trend needs two bars, its first comparison a third. */
function volumeForce({ length, high, low, close, volume }: IndicatorInputs): Float64Array {
  const out = newColumn(length);
  let known = 0;
  let sumBefore = 0;
  let rangeBefore = 0;
  let trend = 0;
  let cumulated = 0;
  for (let i = 0; i < length; i++) {
    out[i] = Number.NaN;
    const sum = high[i]! + low[i]! + close[i]!;
    const range = high[i]! - low[i]!;
    if (Number.isNaN(sum + volume[i]!)) continue;
    known += 1;
    if (known > 1) {
      const direction = sum > sumBefore ? 1 : -1;
      if (known > 2) {
        cumulated = direction === trend ? cumulated + range : rangeBefore + range;
        const force = cumulated > 0 ? Math.abs(2 * (range / cumulated - 1)) : 0;
        out[i] = volume[i]! * force * direction * 100;
      }
      trend = direction;
    }
    sumBefore = sum;
    rangeBefore = range;
  }
  return out;
}
