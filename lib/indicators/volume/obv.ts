import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";

export const obv = defineIndicator({
  name: "obv",
  version: 1,
  category: "volume",
  subcategory: "accumulation",
  timeframe: "any",
  inputs: ["close", "volume"],
  params: z.strictObject({}),
  doc: "On-balance volume: running sum of volume, added when the close rises and subtracted when it falls.",
  notes:
    "Starts with the first bar's volume, as TA-Lib does; its level depends on where the series starts, only its changes mean something. NaN at a gap, whose volume is not counted; the next close is compared with the last known one.",
  source: "Granville, New Key to Stock Market Profits (1963); TA-Lib OBV",
  memory: "recursive",
  columns: () => [{ name: "obv", unit: "volume", flat: "volume" }],
  warmupBars: () => 0,
  compute({ length, close, volume }) {
    const out = new Float64Array(length);
    let before = Number.NaN;
    let total = 0;
    for (let i = 0; i < length; i++) {
      const price = close[i]!;
      const traded = volume[i]!;
      if (Number.isNaN(price) || Number.isNaN(traded)) {
        out[i] = Number.NaN;
        continue;
      }
      if (Number.isNaN(before)) total = traded;
      else if (price > before) total += traded;
      else if (price < before) total -= traded;
      before = price;
      out[i] = total;
    }
    return [out];
  },
});
