import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import type { IndicatorInputs } from "../inputs.ts";
import { newColumn } from "../kernels/columns.ts";
import { highest, lowest } from "../shared-series.ts";

export const ichimoku = defineIndicator({
  name: "ichimoku",
  version: 1,
  category: "trend",
  subcategory: "cloud",
  timeframe: "any",
  inputs: ["high", "low"],
  params: z.strictObject({
    tenkan: z.int().min(1).max(2000).default(9).describe("Bars of the conversion line"),
    kijun: z.int().min(1).max(2000).default(26).describe("Bars of the base line, and bars by which the spans are displaced"),
    senkou: z.int().min(1).max(5000).default(52).describe("Bars of the second span"),
  }),
  doc: "Ichimoku: conversion and base line (middles of the range), and the two spans of the cloud that stands at this bar.",
  notes:
    "The spans are those computed `kijun` bars ago, which charts draw ahead to this bar; nothing later enters. There is no lagging span: it is the close drawn back, which would look ahead. Charts that count the current bar displace by one bar less. NaN at a gap and while a line's window holds one.",
  source: "Hosoda, Ichimoku Kinko Hyo (1969); (highest high + lowest low) / 2",
  memory: "finite",
  columns({ tenkan, kijun, senkou }) {
    const suffix = `${tenkan}_${kijun}_${senkou}`;
    return [
      { name: `ichimoku_tenkan_${suffix}`, unit: "price", warmupBars: tenkan - 1, flat: "price" },
      { name: `ichimoku_kijun_${suffix}`, unit: "price", warmupBars: kijun - 1, flat: "price" },
      { name: `ichimoku_span_a_${suffix}`, unit: "price", warmupBars: Math.max(tenkan, kijun) - 1 + kijun, flat: "price" },
      { name: `ichimoku_span_b_${suffix}`, unit: "price", warmupBars: senkou - 1 + kijun, flat: "price" },
    ];
  },
  warmupBars: ({ tenkan, kijun, senkou }) => Math.max(tenkan, kijun, senkou) - 1 + kijun,
  compute(inputs, { tenkan, kijun, senkou }) {
    const { length, high, low } = inputs;
    const conversion = rangeMiddle(inputs, tenkan);
    const base = rangeMiddle(inputs, kijun);
    const wide = rangeMiddle(inputs, senkou);
    const spanA = newColumn(length).fill(Number.NaN, 0, Math.min(kijun, length));
    const spanB = newColumn(length).fill(Number.NaN, 0, Math.min(kijun, length));
    for (let i = kijun; i < length; i++) {
      const past = i - kijun;
      const known = !Number.isNaN(high[i]! + low[i]!);
      spanA[i] = known ? (conversion[past]! + base[past]!) / 2 : Number.NaN;
      spanB[i] = known ? wide[past]! : Number.NaN;
    }
    return [conversion, base, spanA, spanB];
  },
});

function rangeMiddle(inputs: IndicatorInputs, window: number): Float64Array {
  const top = highest(inputs, window);
  const bottom = lowest(inputs, window);
  const out = newColumn(inputs.length);
  for (let i = 0; i < out.length; i++) out[i] = (top[i]! + bottom[i]!) / 2;
  return out;
}
