import * as z from "zod";
import { daysParam, ivSourceParam, tenorOf, tenorSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { RETURN_FREQUENCIES, realizedVolatility, realizedWarmup } from "../session-closes.ts";
import { MARKET_NOTE } from "./atm-measure.ts";
import { atmInWindow, type QuoteWindow } from "./quote-windows.ts";

const SPAN_WORDS = 'must be "last" or New York times such as "14:30-15:00"';

export const ivRealizedSpread = defineIndicator({
  name: "iv_realized_spread",
  version: 1,
  category: "options_volatility",
  subcategory: "premium",
  timeframe: "any",
  inputs: ["close", "chains", "sessionDate", "barEnd"],
  params: z.strictObject({
    window: z.int().min(2).max(5000).default(20).describe("Returns in the realised volatility"),
    freq: z.enum(RETURN_FREQUENCIES).default("bar").describe("bar: returns of the model's bars; daily: of sessions, close to close"),
    days: daysParam(30),
    iv_source: ivSourceParam,
    quote_window: z
      .string()
      .regex(/^(last|([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)$/, SPAN_WORDS)
      .default("last")
      .meta({ examples: ["15:00-16:00"], words: SPAN_WORDS })
      .describe("Where quotes are used: the median middle of the session's snapshots in this span so far; last: the snapshot's own"),
  }),
  doc: "At-the-money implied volatility less the realised volatility of the last `window` returns, both annualised.",
  notes: `Realised as in volatility: sample standard deviation of log returns; daily returns on intraday bars are those of completed sessions. NaN while the window holds an unknown return, and where the row's close is unknown. With a quote window, quotes outside it are not read; both its ends count. ${MARKET_NOTE}`,
  source: "IV - std(ln(close(t) / close(t - 1)), n - 1) x sqrt(periods per year)",
  memory: "finite",
  needs: ({ iv_source, quote_window }) => ({ chains: iv_source !== "snapshot" && quote_window !== "last" ? "intraday" : "daily" }),
  columns({ window, freq, quote_window, ...tenor }) {
    const frequency = freq === "bar" ? "" : `_${freq}`;
    const span = quote_window === "last" ? "" : `_${quote_window.replaceAll(":", "").replace("-", "_")}`;
    return [{ name: `iv_realized_spread_${window}_${tenorSuffix(tenor)}${frequency}${span}`, unit: "volatility" }];
  },
  warmupBars: ({ window, freq }, barsPerSession = 1) => realizedWarmup(window, freq, barsPerSession),
  compute(inputs, params) {
    const implied = atmInWindow(inputs, tenorOf(params), readWindow(params.quote_window));
    const realized = realizedVolatility(inputs, params.window, params.freq);
    const out = newColumn(inputs.length);
    for (let t = 0; t < out.length; t++) out[t] = implied[t]! - realized[t]!;
    return [out];
  },
});

/** @returns null for `last` */
function readWindow(text: string): QuoteWindow | null {
  const [start, end] = text.split("-").map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  return end === undefined ? null : { startMinute: start!, endMinute: end };
}
