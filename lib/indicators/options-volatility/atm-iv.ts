import * as z from "zod";
import type { OptionChain } from "../../core/option-data.ts";
import { ivSourceUsed } from "../../options/chain/iv-measures.ts";
import { daysParam, ivSourceParam, tenorOf, tenorSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { latestMeasure } from "../snapshots.ts";
import { atmMeasure, MARKET_NOTE } from "./atm-measure.ts";

export const atmIv = defineIndicator({
  name: "atm_iv",
  version: 1,
  category: "options_volatility",
  subcategory: "level",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({
    days: daysParam(30),
    iv_source: ivSourceParam,
    record_source: z
      .boolean()
      .default(false)
      .describe("Adds a column: 1 where the volatility was solved from quotes, 0 where it was the source's"),
  }),
  doc: "Implied volatility at the money: where the strike equals the forward, at a constant time to expiry.",
  notes: `Linear in strike between the put below and the call above the forward, which is put-call parity's where there are quotes, else the spot; total variance is linear in time between expiries. ${MARKET_NOTE}`,
  source: "Black-Scholes-Merton, calendar minutes to the expiry's close over 365 days; forward as in Cboe's VIX methodology",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns({ record_source, ...tenor }) {
    const name = `atm_iv_${tenorSuffix(tenor)}`;
    return [
      { name, unit: "volatility" },
      ...(record_source ? [{ name: `${name}_from_quotes`, unit: "flag", bounds: [0, 1] } as const] : []),
    ];
  },
  warmupBars: () => 0,
  compute(inputs, params) {
    const tenor = tenorOf(params);
    const level = latestMeasure(inputs, atmMeasure(tenor));
    if (!params.record_source) return [level];
    const of = (chain: OptionChain): number => {
      const used = tenor.source === "auto" ? ivSourceUsed(chain) : tenor.source;
      return used === "none" ? Number.NaN : used === "quotes" ? 1 : 0;
    };
    return [level, latestMeasure(inputs, { kind: "market", key: `iv_from_quotes:${tenor.source}`, of })];
  },
});
