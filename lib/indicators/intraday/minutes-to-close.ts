import * as z from "zod";
import { isScheduleDate, scheduledCloseOf, scheduledOpenOf } from "../../core/exchange-schedule.ts";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";

export const minutesToClose = defineIndicator({
  name: "minutes_to_close",
  version: 1,
  category: "intraday",
  subcategory: "clock",
  timeframe: "any",
  inputs: ["sessionDate", "barEnd"],
  params: z.strictObject({}),
  doc: "Minutes from the bar's end to the session's close, 16:00 in New York or earlier on half days; 0 at the last bar.",
  notes:
    "Half days are announced long before and count; a session that was cut short by surprise (four since 1990) keeps the close that was expected of it. NaN outside the session's hours.",
  source: "NYSE Rule 7.2 and NYSE Group's yearly holiday notices",
  memory: "finite",
  columns: () => [{ name: "minutes_to_close", unit: "minutes", bounds: [0, 390] }],
  warmupBars: () => 0,
  compute({ length, sessionDate, barEnd }) {
    const out = newColumn(length);
    let date = Number.NaN;
    let open = Number.NaN;
    let close = Number.NaN;
    for (let i = 0; i < length; i++) {
      if (sessionDate[i] !== date) {
        date = sessionDate[i]!;
        const known = isScheduleDate(date);
        open = known ? scheduledOpenOf(date) : Number.NaN;
        close = known ? scheduledCloseOf(date) : Number.NaN;
      }
      out[i] = barEnd[i]! >= open && barEnd[i]! <= close ? (close - barEnd[i]!) / 60_000 : Number.NaN;
    }
    return [out];
  },
});
