import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { otherCloses } from "../other-closes.ts";
import { latestPlaces } from "../timeline.ts";

export const vixTermSlope = defineIndicator({
  name: "vix_term_slope",
  version: 1,
  category: "regime",
  subcategory: "volatility_index",
  timeframe: "any",
  inputs: ["others", "sessionDate", "barEnd"],
  params: z
    .strictObject({
      near: z.enum(["VIX", "VIX3M"]).default("VIX").describe("Index of the shorter term"),
      far: z.enum(["VIX3M", "VIX6M"]).default("VIX3M").describe("Index of the longer term"),
    })
    .refine(({ near, far }) => near !== far, { path: ["near"], message: "must be of a shorter term than far" }),
  doc: "Slope of the volatility indices' term structure: the far index over the near one, less 1.",
  notes:
    "Positive in calm markets (contango), negative in stress. Both closes are of one session, the latest published; NaN when one of them is missing or more than one session old.",
  source: "Cboe Volatility Indices; VIX3M / VIX - 1",
  memory: "finite",
  needs: ({ near, far }) => ({ dailySymbols: [near, far] }),
  columns: ({ near, far }) => [{ name: `vix_term_slope_${near}_${far}`.toLowerCase(), unit: "ratio" }],
  warmupBars: () => 0,
  compute(inputs, params) {
    const near = otherCloses(inputs, params.near);
    const far = otherCloses(inputs, params.far);
    const nearPlaces = latestPlaces(inputs, near);
    const farPlaces = latestPlaces(inputs, far);
    const out = newColumn(inputs.length);
    for (let t = 0; t < out.length; t++) {
      const [n, f] = [nearPlaces[t]!, farPlaces[t]!];
      const together = n >= 0 && f >= 0 && near.session[n] === far.session[f] && near.close[n]! > 0;
      out[t] = together ? far.close[f]! / near.close[n]! - 1 : Number.NaN;
    }
    return [out];
  },
});
