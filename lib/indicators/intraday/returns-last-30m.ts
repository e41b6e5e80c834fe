import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { sessionPosition } from "../session-series.ts";
import { firstBarSince, priceBefore } from "./time-ago.ts";

const MINUTES = 30;

export const returnsLast30m = defineIndicator({
  name: "returns_last_30m",
  version: 1,
  category: "intraday",
  subcategory: "momentum",
  timeframe: "minute",
  inputs: ["open", "close", "sessionDate", "barStart", "barEnd"],
  params: z.strictObject({}),
  doc: "Return of the last 30 minutes up to the bar's end, inside the session; at the session's last bar that of its last half hour.",
  notes:
    "Follows the session's actual end on half days. NaN until 30 minutes of the session are over, where the price 30 minutes ago lies inside a bar (hourly bars know only the first half hour, daily bars none), and where one of the two prices is unknown.",
  source: "close(t) / price(t - 30 minutes) - 1; half hours as in Gao, Han, Li & Zhou, Market intraday momentum (2018)",
  memory: "recursive",
  columns: () => [{ name: "returns_last_30m", unit: "ratio", flat: 0, partOfSession: true }],
  warmupBars: () => 0,
  compute(inputs) {
    const { length, close } = inputs;
    const position = sessionPosition(inputs);
    const since = firstBarSince(inputs, MINUTES);
    const out = newColumn(length);
    for (let i = 0; i < length; i++) {
      const before = since[i]! >= 0 ? priceBefore(inputs, position, since[i]!) : Number.NaN;
      out[i] = before > 0 ? (close[i]! - before) / before : Number.NaN;
    }
    return [out];
  },
});
