import * as z from "zod";
import type { OptionChain } from "../../core/option-data.ts";
import { atmIv, wingIvs } from "../../options/chain/iv-measures.ts";
import { daysParam, ivSourceParam, tenorKey, tenorOf, tenorSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { latestMeasure } from "../snapshots.ts";
import { MARKET_NOTE } from "./atm-measure.ts";

export const ivSmileWings = defineIndicator({
  name: "iv_smile_wings",
  version: 1,
  category: "options_volatility",
  subcategory: "smile",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({
    delta: z.int().min(5).max(45).default(10).describe("Delta of the wings, in hundredths"),
    days: daysParam(30),
    iv_source: ivSourceParam,
  }),
  doc: "Wings of the smile: how far the volatilities of the put and of the call of a delta stand above the one at the money.",
  notes: `10 delta unless said otherwise. ${MARKET_NOTE}`,
  source: "IV(put of delta) - IV(at the money forward); the same of the call",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ delta, ...tenor }) => [
    { name: `iv_wing_put_${delta}_${tenorSuffix(tenor)}`, unit: "volatility" },
    { name: `iv_wing_call_${delta}_${tenorSuffix(tenor)}`, unit: "volatility" },
  ],
  warmupBars: () => 0,
  compute(inputs, params) {
    const tenor = tenorOf(params);
    const wing = (side: "put" | "call"): Float64Array => {
      const of = (chain: OptionChain): number => wingIvs(chain, tenor, params.delta / 100)[side] - atmIv(chain, tenor);
      return latestMeasure(inputs, { kind: "market", key: `wing:${side}:${params.delta}:${tenorKey(tenor)}`, of });
    };
    return [wing("put"), wing("call")];
  },
});
