import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMoments } from "../kernels/rolling.ts";
import { closeLogReturn } from "../shared-series.ts";

export const momentumLadder = defineIndicator({
  name: "momentum_ladder",
  version: 1,
  category: "momentum",
  subcategory: "return",
  timeframe: "any",
  inputs: ["close"],
  params: z
    .strictObject({
      fast: z.int().min(1).max(1000).default(5).describe("Bars back of the first rung"),
      medium: z.int().min(2).max(2000).default(20).describe("Bars back of the second rung"),
      slow: z.int().min(3).max(5000).default(63).describe("Bars back of the third rung"),
      vol_window: z.int().min(2).max(5000).default(63).describe("One-bar returns in the deviation"),
    })
    .refine(({ fast, medium }) => fast < medium, { path: ["fast"], message: "must be smaller than medium" })
    .refine(({ medium, slow }) => medium < slow, { path: ["medium"], message: "must be smaller than slow" }),
  doc: "Log returns over three horizons, each in standard deviations that a random walk of the trailing volatility would have over it.",
  notes:
    "The deviation is that of one-bar log returns (sample, divisor n - 1) times the square root of the horizon; the current bar is among them. NaN where a close is a gap or not positive, while the deviation's window holds such a return, and where no close of it changed.",
  source: "ln(close(t) / close(t - h)) / (std(one-bar log returns) x sqrt(h)); Moskowitz, Ooi and Pedersen (2012) scale by volatility so",
  memory: "finite",
  columns({ fast, medium, slow, vol_window }) {
    return [fast, medium, slow].map((bars) => ({
      name: `momentum_ladder_${bars}_${vol_window}`,
      unit: "index" as const,
      warmupBars: Math.max(bars, vol_window),
      flat: Number.NaN,
    }));
  },
  warmupBars: ({ slow, vol_window }) => Math.max(slow, vol_window),
  compute(inputs, { fast, medium, slow, vol_window }) {
    const { std } = rollingMoments(closeLogReturn(inputs, 1), vol_window, 1);
    return [fast, medium, slow].map((bars) => {
      const change = closeLogReturn(inputs, bars);
      const root = Math.sqrt(bars);
      const out = newColumn(inputs.length);
      for (let i = 0; i < out.length; i++) out[i] = std[i]! > 0 ? change[i]! / (std[i]! * root) : Number.NaN;
      return out;
    });
  },
});
