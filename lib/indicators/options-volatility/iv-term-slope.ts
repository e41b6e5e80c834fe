import * as z from "zod";
import { termSlope } from "../../options/chain/iv-measures.ts";
import { daysParam, ivSourceParam, tenorKey, tenorOf, tenorSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { latestMeasure } from "../snapshots.ts";
import { MARKET_NOTE } from "./atm-measure.ts";

export const ivTermSlope = defineIndicator({
  name: "iv_term_slope",
  version: 1,
  category: "options_volatility",
  subcategory: "term_structure",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z
    .strictObject({
      days: daysParam(30),
      days_fwd: z.int().min(7).max(730).default(90).describe("Calendar days to the far expiry, interpolated"),
      iv_source: ivSourceParam,
    })
    .refine(({ days, days_fwd }) => days < days_fwd, { path: ["days_fwd"], message: "must be larger than days" }),
  doc: "Slope of the term structure: at-the-money volatility at the far tenor less that at the near one.",
  notes: `Positive in calm markets, negative when the near future is feared. Each point is interpolated in total variance. ${MARKET_NOTE}`,
  source: "IV(days_fwd) - IV(days)",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns({ days, days_fwd, iv_source }) {
    const [near, far] = [tenorSuffix({ days, iv_source: "auto" }), tenorSuffix({ days: days_fwd, iv_source })];
    return [{ name: `iv_term_slope_${near}_${far}`, unit: "volatility" }];
  },
  warmupBars: () => 0,
  compute(inputs, params) {
    const tenor = tenorOf(params);
    const { days_fwd } = params;
    const key = `term_slope:${tenorKey(tenor)}:${days_fwd}`;
    return [latestMeasure(inputs, { kind: "market", key, of: (chain) => termSlope(chain, tenor, days_fwd) })];
  },
});
