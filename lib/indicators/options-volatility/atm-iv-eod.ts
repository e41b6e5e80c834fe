import * as z from "zod";
import { daysParam, ivSourceParam, tenorOf, tenorSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { previousSessionMeasure } from "../snapshots.ts";
import { atmMeasure } from "./atm-measure.ts";

export const atmIvEod = defineIndicator({
  name: "atm_iv_eod",
  version: 1,
  category: "options_volatility",
  subcategory: "level",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({ days: daysParam(30), iv_source: ivSourceParam }),
  doc: "Implied volatility at the money at the end of the session before the row's.",
  notes:
    "The last snapshot of that session; NaN when it has none, or none that can be used. The row's own session never counts, not even at its close.",
  source: "As atm_iv",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: (params) => [{ name: `atm_iv_eod_${tenorSuffix(params)}`, unit: "volatility" }],
  warmupBars: () => 0,
  compute: (inputs, params) => [previousSessionMeasure(inputs, atmMeasure(tenorOf(params)))],
});
