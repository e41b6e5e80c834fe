import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { rollingMaxDrawdown } from "../kernels/rolling-drawdown.ts";

export const maxDrawdownW = defineIndicator({
  name: "max_drawdown_w",
  version: 1,
  category: "volatility",
  subcategory: "drawdown",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(2).max(5000).default(60).describe("Closes in the window, the current one among them") }),
  doc: "Largest fall from a close to a later one inside the window, as a fraction of the former; 0 = nothing fell.",
  notes: "A positive number, as in the metrics. Peaks before the window do not count. NaN while the window holds a gap.",
  source: "max(1 - close(j) / close(i)) over t - window < i <= j <= t",
  memory: "finite",
  columns: ({ window }) => [{ name: `max_drawdown_${window}`, unit: "ratio", bounds: [0, 1], flat: 0 }],
  warmupBars: ({ window }) => window - 1,
  compute: ({ close }, { window }) => [rollingMaxDrawdown(close, window)],
});
