import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { sessionVwap } from "../session-vwap.ts";

export const closeVsVwap = defineIndicator({
  name: "close_vs_vwap",
  version: 1,
  category: "intraday",
  subcategory: "distance",
  timeframe: "any",
  inputs: ["high", "low", "close", "volume", "sessionDate", "barStart"],
  params: z.strictObject({
    kind: z.enum(["ratio", "delta"]).default("ratio").describe("ratio: as a fraction of the average; delta: in price"),
  }),
  doc: "Close minus the volume-weighted average price since the session's open, as a fraction of it or in price.",
  notes: "0 = at the average, also for `ratio`. NaN where `vwap` is; it goes on after a gap.",
  source: "close / vwap - 1, or close - vwap",
  memory: "recursive",
  columns: ({ kind }) => [{ name: `close_vs_vwap_${kind}`, unit: kind === "ratio" ? "ratio" : "price", flat: 0 }],
  warmupBars: () => 0,
  compute(inputs, { kind }) {
    const { mean } = sessionVwap(inputs);
    const out = newColumn(inputs.length);
    for (let i = 0; i < out.length; i++) {
      const distance = inputs.close[i]! - mean[i]!;
      out[i] = kind === "ratio" ? distance / mean[i]! : distance;
    }
    return [out];
  },
});
