import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { sessionPosition } from "../session-series.ts";
import { openingOf } from "./opening-bars.ts";

export const openingRange = defineIndicator({
  name: "opening_range",
  version: 1,
  category: "intraday",
  subcategory: "opening",
  timeframe: "minute",
  inputs: ["high", "low", "close", "sessionDate", "barStart", "barEnd"],
  params: z.strictObject({
    minutes: z.literal([5, 15, 30, 60, 90, 120]).default(30).describe("Length of the opening range: 5, 15, 30, 60, 90 or 120"),
  }),
  doc: "High and low of the session's first minutes, their distance over their middle, and the close's place between them (above 1 = upward breakout).",
  notes:
    "NaN until the minutes are over, all session long where a bar straddles their end (30 minutes of hourly bars are known, as the first one is 09:30 to 10:00; 15 are not, and on daily bars nothing is), where one of their bars is unknown, at an unknown bar, and in a first session whose beginning is missing. The place is also NaN where the range is zero.",
  source: "Crabel, Day Trading with Short Term Price Patterns and Opening Range Breakout (1990)",
  memory: "recursive",
  columns: ({ minutes }) => [
    { name: `opening_range_high_${minutes}`, unit: "price", flat: "price", partOfSession: true },
    { name: `opening_range_low_${minutes}`, unit: "price", flat: "price", partOfSession: true },
    { name: `opening_range_width_${minutes}`, unit: "ratio", flat: 0, partOfSession: true },
    { name: `opening_range_pos_${minutes}`, unit: "ratio", flat: Number.NaN, partOfSession: true },
  ],
  warmupBars: () => 0,
  compute(inputs, { minutes }) {
    const { length, close, barEnd } = inputs;
    const position = sessionPosition(inputs);
    const opening = openingOf(inputs, minutes);
    const high = newColumn(length);
    const low = newColumn(length);
    const width = newColumn(length);
    const place = newColumn(length);
    for (let i = 0; i < length; i++) {
      const session = position[i]!;
      const known = barEnd[i]! >= opening.end[session]! && !Number.isNaN(close[i]!);
      const top = known ? opening.high[session]! : Number.NaN;
      const bottom = known ? opening.low[session]! : Number.NaN;
      high[i] = top;
      low[i] = bottom;
      width[i] = (top - bottom) / (bottom + (top - bottom) / 2);
      place[i] = top > bottom ? (close[i]! - bottom) / (top - bottom) : Number.NaN;
    }
    return [high, low, width, place];
  },
});
