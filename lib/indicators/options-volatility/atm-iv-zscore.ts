import * as z from "zod";
import { daysParam, ivSourceParam, tenorOf, tenorSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { HISTORY_NOTE, MARKET_NOTE } from "./atm-measure.ts";
import { againstPast, needsPast } from "./iv-history.ts";

export const atmIvZscore = defineIndicator({
  name: "atm_iv_zscore",
  version: 2,
  category: "options_volatility",
  subcategory: "history",
  timeframe: "any",
  inputs: ["chains", "ivHistory", "sessionDate", "barEnd"],
  params: z.strictObject({
    window: z.int().min(5).max(1260).default(60).describe("Past sessions in mean and deviation"),
    days: daysParam(30),
    iv_source: ivSourceParam,
  }),
  doc: "At-the-money volatility less its mean over the past `window` sessions, in their population standard deviations.",
  notes: `The current value is not among the past; NaN where all past values are equal. ${HISTORY_NOTE} ${MARKET_NOTE}`,
  source: "(IV - mean) / std over the past, divisor n",
  memory: "finite",
  needs: (params) => needsPast(tenorOf(params), params.window),
  columns: ({ window, ...tenor }) => [{ name: `atm_iv_zscore_${window}_${tenorSuffix(tenor)}`, unit: "index" }],
  warmupBars: () => 0,
  compute: (inputs, params) => [againstPast(inputs, tenorOf(params), params.window, "iv_zscore", scoreOf)],
});

function scoreOf(value: number, past: Float64Array): number {
  if (past[0] === past.at(-1)) return Number.NaN;
  const mean = past.reduce((sum, one) => sum + one, 0) / past.length;
  const variance = past.reduce((sum, one) => sum + (one - mean) ** 2, 0) / past.length;
  return (value - mean) / Math.sqrt(variance);
}
