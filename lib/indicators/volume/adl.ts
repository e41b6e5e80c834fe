import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { runningSum } from "../kernels/running-sum.ts";
import { moneyFlowVolume } from "../shared-series.ts";

export const adl = defineIndicator({
  name: "adl",
  version: 1,
  category: "volume",
  subcategory: "accumulation",
  timeframe: "any",
  inputs: ["high", "low", "close", "volume"],
  params: z.strictObject({}),
  doc: "Accumulation/distribution line: running sum of volume weighted by the close's place in its bar.",
  notes:
    "A bar without a range adds nothing. The level depends on where the series starts, only its changes mean something. NaN at a gap, whose volume is not counted; the sum then goes on.",
  source: "Chaikin, as in Achelis, Technical Analysis from A to Z (2000); TA-Lib AD",
  memory: "recursive",
  columns: () => [{ name: "adl", unit: "volume", flat: 0 }],
  warmupBars: () => 0,
  compute: (inputs) => [runningSum(moneyFlowVolume(inputs))],
});
