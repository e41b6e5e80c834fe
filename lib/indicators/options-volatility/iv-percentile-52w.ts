import * as z from "zod";
import { daysParam, ivSourceParam, tenorOf, tenorSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { countBelow } from "../timeline.ts";
import { HISTORY_NOTE, MARKET_NOTE } from "./atm-measure.ts";
import { againstPast, needsPast, YEAR_SESSIONS } from "./iv-history.ts";

export const ivPercentile52w = defineIndicator({
  name: "iv_percentile_52w",
  version: 2,
  category: "options_volatility",
  subcategory: "history",
  timeframe: "any",
  inputs: ["chains", "ivHistory", "sessionDate", "barEnd"],
  params: z.strictObject({ days: daysParam(30), iv_source: ivSourceParam }),
  doc: "IV percentile: share of the past 252 sessions whose at-the-money volatility was below the current one, in percent.",
  notes: `The current value is not among the past; some count it, which gives a little less. ${HISTORY_NOTE} ${MARKET_NOTE}`,
  source: "100 x #{IV(s - k) < IV, k = 1 .. 252} / #known",
  memory: "finite",
  needs: (params) => needsPast(tenorOf(params), YEAR_SESSIONS),
  columns: (params) => [{ name: `iv_percentile_52w_${tenorSuffix(params)}`, unit: "percent", bounds: [0, 100] }],
  warmupBars: () => 0,
  compute: (inputs, params) => [againstPast(inputs, tenorOf(params), YEAR_SESSIONS, "iv_percentile", ivPercentile)],
});

/** @param past - ascending, at least one */
const ivPercentile = (value: number, past: Float64Array): number => (100 * countBelow(past, value)) / past.length;
