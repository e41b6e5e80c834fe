import * as z from "zod";
import { hourEtOf } from "../../core/time.ts";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";

export const hourOfDay = defineIndicator({
  name: "hour_of_day",
  version: 1,
  category: "intraday",
  subcategory: "clock",
  timeframe: "any",
  inputs: ["barStart"],
  params: z.strictObject({}),
  doc: "New York hour in which the bar starts; the bar from 09:30 to 10:00 has 9.",
  notes: "Follows daylight time. 9 on daily bars.",
  source: "the New York clock",
  memory: "finite",
  columns: () => [{ name: "hour_of_day", unit: "hour", bounds: [0, 23] }],
  warmupBars: () => 0,
  compute({ length, barStart }) {
    const out = newColumn(length);
    for (let i = 0; i < length; i++) out[i] = hourEtOf(barStart[i]!);
    return [out];
  },
});
