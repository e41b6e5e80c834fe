import * as z from "zod";
import { daysParam, ivSourceParam, tenorOf, tenorSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { HISTORY_NOTE, MARKET_NOTE } from "./atm-measure.ts";
import { againstPast, needsPast, YEAR_SESSIONS } from "./iv-history.ts";

export const ivRank52w = defineIndicator({
  name: "iv_rank_52w",
  version: 2,
  category: "options_volatility",
  subcategory: "history",
  timeframe: "any",
  inputs: ["chains", "ivHistory", "sessionDate", "barEnd"],
  params: z.strictObject({ days: daysParam(30), iv_source: ivSourceParam }),
  doc: "IV rank: where the at-the-money volatility stands between the lowest and the highest of the past 252 sessions, in percent.",
  notes: `Below 0 or above 100 when it leaves the past range, as the past alone makes the range; NaN where all past values are equal. ${HISTORY_NOTE} ${MARKET_NOTE}`,
  source: "100 x (IV - min) / (max - min) over the past",
  memory: "finite",
  needs: (params) => needsPast(tenorOf(params), YEAR_SESSIONS),
  columns: (params) => [{ name: `iv_rank_52w_${tenorSuffix(params)}`, unit: "percent" }],
  warmupBars: () => 0,
  compute: (inputs, params) => [againstPast(inputs, tenorOf(params), YEAR_SESSIONS, "iv_rank", ivRank)],
});

/** @param past - ascending, at least one */
function ivRank(value: number, past: Float64Array): number {
  const [least, most] = [past[0]!, past.at(-1)!];
  return most > least ? (100 * (value - least)) / (most - least) : Number.NaN;
}
