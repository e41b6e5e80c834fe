import * as z from "zod";
import { riskReversal25 } from "../../options/chain/iv-measures.ts";
import { daysParam, ivSourceParam, tenorKey, tenorOf, tenorSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { latestMeasure } from "../snapshots.ts";
import { MARKET_NOTE } from "./atm-measure.ts";

export const ivSkew25d = defineIndicator({
  name: "iv_skew_25d",
  version: 1,
  category: "options_volatility",
  subcategory: "smile",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({ days: daysParam(30), iv_source: ivSourceParam }),
  doc: "Risk reversal at 25 delta: volatility of the 25-delta call less that of the 25-delta put.",
  notes: `Call less put, as the column's name says; some vendors show put less call. Negative for equities, as a rule. Volatility is linear in the forward's delta at each strike's own volatility, then total variance in time. ${MARKET_NOTE}`,
  source: "IV(25-delta call) - IV(25-delta put)",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: (params) => [{ name: `iv_rr25_cp_${tenorSuffix(params)}`, unit: "volatility" }],
  warmupBars: () => 0,
  compute(inputs, params) {
    const tenor = tenorOf(params);
    return [latestMeasure(inputs, { kind: "market", key: `rr25:${tenorKey(tenor)}`, of: (chain) => riskReversal25(chain, tenor) })];
  },
});
