import * as z from "zod";
import { butterfly25 } from "../../options/chain/iv-measures.ts";
import { daysParam, ivSourceParam, tenorKey, tenorOf, tenorSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { latestMeasure } from "../snapshots.ts";
import { MARKET_NOTE } from "./atm-measure.ts";

export const ivButterfly25d = defineIndicator({
  name: "iv_butterfly_25d",
  version: 1,
  category: "options_volatility",
  subcategory: "smile",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({ days: daysParam(30), iv_source: ivSourceParam }),
  doc: "Butterfly at 25 delta: mean volatility of the 25-delta call and put, less the one at the money.",
  notes: `The curvature of the smile. ${MARKET_NOTE}`,
  source: "(IV(25-delta call) + IV(25-delta put)) / 2 - IV(at the money forward)",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: (params) => [{ name: `iv_bf25_${tenorSuffix(params)}`, unit: "volatility" }],
  warmupBars: () => 0,
  compute(inputs, params) {
    const tenor = tenorOf(params);
    return [latestMeasure(inputs, { kind: "market", key: `bf25:${tenorKey(tenor)}`, of: (chain) => butterfly25(chain, tenor) })];
  },
});
