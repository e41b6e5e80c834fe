import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMean } from "../kernels/rolling.ts";

export const rvi = defineIndicator({
  name: "rvi",
  version: 1,
  category: "momentum",
  subcategory: "oscillator",
  timeframe: "any",
  inputs: ["open", "high", "low", "close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(10).describe("Bars in the means") }),
  doc: "Relative vigor index: mean close minus open over mean high minus low, both smoothed with weights 1, 2, 2, 1, and its signal line.",
  notes: "Not the relative volatility index, which TA-Lib calls RVI. NaN while its windows hold a gap and where they have no range.",
  source: "Ehlers, Technical Analysis of Stocks & Commodities (January 2002)",
  memory: "finite",
  columns: ({ window }) => [
    { name: `rvi_${window}`, unit: "index", warmupBars: window + 2, flat: Number.NaN },
    { name: `rvi_signal_${window}`, unit: "index", flat: Number.NaN },
  ],
  warmupBars: ({ window }) => window + 5,
  compute({ length, open, high, low, close }, { window }) {
    const body = newColumn(length);
    const range = newColumn(length);
    for (let i = 0; i < length; i++) {
      body[i] = close[i]! - open[i]!;
      range[i] = high[i]! - low[i]!;
    }
    const line = rollingMean(symmetricMean(body), window);
    const whole = rollingMean(symmetricMean(range), window);
    for (let i = 0; i < length; i++) line[i] = whole[i]! > 0 ? line[i]! / whole[i]! : Number.NaN;
    return [line, symmetricMean(line)];
  },
});

/** (x(t) + 2 x(t - 1) + 2 x(t - 2) + x(t - 3)) / 6. */
function symmetricMean(x: Float64Array): Float64Array {
  const out = newColumn(x.length).fill(Number.NaN, 0, Math.min(3, x.length));
  for (let i = 3; i < out.length; i++) out[i] = (x[i]! + x[i - 3]! + 2 * (x[i - 1]! + x[i - 2]!)) / 6;
  return out;
}
