import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rollingMax, rollingMean } from "../kernels/rolling.ts";

export const ulcerIndex = defineIndicator({
  name: "ulcer_index",
  version: 1,
  category: "trend",
  subcategory: "drawdown",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(1).max(5000).default(14).describe("Bars of the high and of the mean") }),
  doc: "Ulcer index: root mean square of the last `window` drawdowns, each in percent from the highest close of its own window.",
  notes:
    "Each bar's drawdown looks back a whole window, so the memory is two windows; some let all drawdowns start at the first bar of the last window and read less after a high before it. NaN while the memory holds a gap or a close that is not positive.",
  source: "Martin and McCann, The Investor's Guide to Fidelity Funds (1989)",
  memory: "finite",
  columns: ({ window }) => [{ name: `ulcer_index_${window}`, unit: "percent", bounds: [0, 100], flat: 0 }],
  warmupBars: ({ window }) => 2 * (window - 1),
  compute({ length, close }, { window }) {
    const top = rollingMax(close, window);
    const squares = newColumn(length);
    for (let i = 0; i < length; i++) {
      const drawdown = close[i]! > 0 ? (100 * (top[i]! - close[i]!)) / top[i]! : Number.NaN;
      squares[i] = drawdown * drawdown;
    }
    const out = rollingMean(squares, window);
    for (let i = 0; i < length; i++) out[i] = Math.sqrt(Math.max(0, out[i]!));
    return [out];
  },
});
