import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { beginsMidSession, sessionPosition } from "../session-series.ts";

export const realizedVolIntraday = defineIndicator({
  name: "realized_vol_intraday",
  version: 1,
  category: "intraday",
  subcategory: "dispersion",
  timeframe: "any",
  inputs: ["open", "close", "sessionDate", "barStart"],
  params: z.strictObject({}),
  doc: "Realised volatility of the session so far: root of the mean squared log return of its bars, a fraction a year.",
  notes:
    "The session's first return is from its open to its first close, so the overnight gap is not in it. Returns are not centred. Annualised by the square root of the bars of 252 full sessions. After an unknown close the next return is that from its own bar's open. NaN at an unknown bar, before the first known return, and in a first session whose beginning is missing; then it goes on.",
  source: "sqrt(mean(r^2) x bars per year); Andersen & Bollerslev, Answering the Skeptics (1998)",
  memory: "recursive",
  columns: () => [{ name: "realized_vol_intraday", unit: "volatility", flat: 0 }],
  warmupBars: () => 0,
  compute(inputs) {
    const { length, open, close, barsPerYear } = inputs;
    const position = sessionPosition(inputs);
    const out = newColumn(length);
    const firstKnown = beginsMidSession(inputs) ? 1 : 0;
    let session = -1;
    let before = Number.NaN;
    let squares = 0;
    let returns = 0;
    for (let i = 0; i < length; i++) {
      if (position[i] !== session) {
        session = position[i]!;
        before = open[i]!;
        squares = 0;
        returns = 0;
      } else if (Number.isNaN(before)) before = open[i]!;
      const value = before > 0 && close[i]! > 0 ? Math.log(close[i]! / before) : Number.NaN;
      before = close[i]!;
      out[i] = Number.NaN;
      if (Number.isNaN(value)) continue;
      squares += value * value;
      returns += 1;
      if (session >= firstKnown) out[i] = Math.sqrt((squares / returns) * barsPerYear);
    }
    return [out];
  },
});
