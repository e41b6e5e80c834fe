import * as z from "zod";
import { daysParam, ivSourceParam, tenorOf, tenorSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { realizedVolatility, realizedWarmup } from "../session-closes.ts";
import { latestMeasure } from "../snapshots.ts";
import { atmMeasure, MARKET_NOTE } from "./atm-measure.ts";

export const varianceRiskPremium = defineIndicator({
  name: "variance_risk_premium",
  version: 1,
  category: "options_volatility",
  subcategory: "premium",
  timeframe: "any",
  inputs: ["close", "chains", "sessionDate", "barEnd"],
  params: z.strictObject({
    window: z.int().min(2).max(1000).default(21).describe("Session returns in the realised variance"),
    days: daysParam(30),
    iv_source: ivSourceParam,
  }),
  doc: "Implied variance at the money less the variance of the last `window` session returns, annualised.",
  notes: `Positive when protection costs more than it paid. The past variance stands for the expected one. On intraday bars completed sessions only; NaN while the window holds an unknown return, and where the row's close is unknown. ${MARKET_NOTE}`,
  source:
    "IV^2 - RV^2; Bollerslev, Tauchen and Zhou, Expected Stock Returns and Variance Risk Premia (2009), with one volatility for the smile",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ window, ...tenor }) => [{ name: `variance_risk_premium_${window}_${tenorSuffix(tenor)}`, unit: "variance" }],
  warmupBars: ({ window }, barsPerSession = 1) => realizedWarmup(window, "daily", barsPerSession),
  compute(inputs, params) {
    const implied = latestMeasure(inputs, atmMeasure(tenorOf(params)));
    const realized = realizedVolatility(inputs, params.window, "daily");
    const out = newColumn(inputs.length);
    for (let t = 0; t < out.length; t++) out[t] = implied[t]! * implied[t]! - realized[t]! * realized[t]!;
    return [out];
  },
});
