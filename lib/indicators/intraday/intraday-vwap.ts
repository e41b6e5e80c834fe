import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { sessionVwap } from "../session-vwap.ts";

export const intradayVwap = defineIndicator({
  name: "intraday_vwap",
  version: 1,
  category: "intraday",
  subcategory: "average price",
  timeframe: "any",
  inputs: ["high", "low", "close", "volume", "sessionDate", "barStart"],
  params: z.strictObject({
    num_std: z.number().min(0.1).max(10).default(2).describe("Half width of the bands in volume-weighted standard deviations"),
  }),
  paramAliases: { multiplier: "num_std", mult: "num_std" },
  doc: "Volume-weighted average price since the session's open, with bands of volume-weighted standard deviations around it.",
  notes:
    "The middle is that of `vwap`. At the session's first bar, and on daily bars, the bands have no width. NaN at an unknown bar, which is left out, before anything was traded, and in a first session whose beginning is missing; then it goes on.",
  source: "sum(p v) / sum(v) and sqrt(sum(v (p - vwap)^2) / sum(v)) over the session so far, p = (H + L + C) / 3",
  memory: "recursive",
  columns({ num_std }) {
    const suffix = String(num_std).replace(".", "p");
    return [
      { name: "intraday_vwap", unit: "price", flat: "price" },
      { name: `intraday_vwap_upper_${suffix}`, unit: "price", flat: "price" },
      { name: `intraday_vwap_lower_${suffix}`, unit: "price", flat: "price" },
    ];
  },
  warmupBars: () => 0,
  compute(inputs, { num_std }) {
    const { mean, deviation } = sessionVwap(inputs);
    const upper = newColumn(inputs.length);
    const lower = newColumn(inputs.length);
    for (let i = 0; i < inputs.length; i++) {
      upper[i] = mean[i]! + num_std * deviation[i]!;
      lower[i] = mean[i]! - num_std * deviation[i]!;
    }
    return [mean, upper, lower];
  },
});
