import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { exponentialAverage } from "../kernels/recursive.ts";
import { closeLogReturn } from "../shared-series.ts";

export const ewmaVol = defineIndicator({
  name: "ewma_vol",
  version: 1,
  category: "volatility",
  subcategory: "dispersion",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ lambda: z.number().min(0.5).max(0.999).default(0.94).describe("Weight that stays with the past at each bar") }),
  doc: "RiskMetrics volatility: exponentially weighted mean of squared log returns, a fraction a year.",
  notes:
    "var(t) = lambda var(t - 1) + (1 - lambda) r(t)^2, the forecast for the next bar, seeded with the mean of the first 1 / (1 - lambda) squared returns (rounded). Returns are not centred. Annualised by the square root of the bars per year. NaN at a gap and at the bar after it; the average then goes on.",
  source: "J.P. Morgan/Reuters, RiskMetrics Technical Document (1996), section 5.2",
  memory: "recursive",
  columns: ({ lambda }) => [{ name: `ewma_vol_${String(lambda).replace(".", "p")}`, unit: "volatility", flat: 0 }],
  warmupBars: ({ lambda }) => seedReturns(lambda),
  compute(inputs, { lambda }) {
    const { length, barsPerYear } = inputs;
    const returns = closeLogReturn(inputs, 1);
    const squares = newColumn(length);
    for (let i = 0; i < length; i++) squares[i] = returns[i]! * returns[i]!;
    const out = exponentialAverage(squares, seedReturns(lambda), 1 - lambda);
    for (let i = 0; i < length; i++) out[i] = Math.sqrt(out[i]! * barsPerYear);
    return [out];
  },
});

const seedReturns = (lambda: number): number => Math.round(1 / (1 - lambda));
