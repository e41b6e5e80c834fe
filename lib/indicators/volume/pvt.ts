import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { runningSum } from "../kernels/running-sum.ts";

export const pvt = defineIndicator({
  name: "pvt",
  version: 1,
  category: "volume",
  subcategory: "accumulation",
  timeframe: "any",
  inputs: ["close", "volume"],
  params: z.strictObject({}),
  doc: "Price-volume trend: running sum of volume times the close's relative change.",
  notes:
    "Starts at 0; its level depends on where the series starts, only its changes mean something. NaN at a gap, whose volume is not counted; the next close is compared with the last known one.",
  source: "Achelis, Technical Analysis from A to Z (2000), Price and Volume Trend",
  memory: "recursive",
  columns: () => [{ name: "pvt", unit: "volume", flat: 0 }],
  warmupBars: () => 0,
  compute({ length, close, volume }) {
    const terms = newColumn(length);
    let before = Number.NaN;
    for (let i = 0; i < length; i++) {
      const price = close[i]!;
      if (Number.isNaN(price + volume[i]!)) {
        terms[i] = Number.NaN;
        continue;
      }
      terms[i] = before > 0 ? (volume[i]! * (price - before)) / before : 0;
      before = price;
    }
    return [runningSum(terms)];
  },
});
