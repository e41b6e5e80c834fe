import * as z from "zod";
import { impliedMove as moveOf } from "../../options/chain/iv-measures.ts";
import { daysParam, ivSourceParam, tenorKey, tenorOf, tenorSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { latestMeasure } from "../snapshots.ts";
import { MARKET_NOTE } from "./atm-measure.ts";

export const impliedMove = defineIndicator({
  name: "implied_move",
  version: 1,
  category: "options_volatility",
  subcategory: "level",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({ days: daysParam(0), iv_source: ivSourceParam }),
  doc: "Size of the move that options expect until the expiry: the price of the straddle at the forward, as a fraction of it.",
  notes: `By Black-Scholes-Merton at the at-the-money volatility, so it does not jump with the listed strikes; 0.8 standard deviations. ${MARKET_NOTE}`,
  source: "2 (2 N(IV sqrt(T) / 2) - 1); Brenner and Subrahmanyam (1988)",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: (params) => [{ name: `implied_move_${tenorSuffix(params)}`, unit: "ratio", bounds: [0, 2] }],
  warmupBars: () => 0,
  compute(inputs, params) {
    const tenor = tenorOf(params);
    return [latestMeasure(inputs, { kind: "market", key: `implied_move:${tenorKey(tenor)}`, of: (chain) => moveOf(chain, tenor) })];
  },
});
