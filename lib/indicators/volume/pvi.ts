import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { volumeIndex } from "./volume-index.ts";

export const pvi = defineIndicator({
  name: "pvi",
  version: 1,
  category: "volume",
  subcategory: "accumulation",
  timeframe: "any",
  inputs: ["close", "volume"],
  params: z.strictObject({}),
  doc: "Positive volume index: follows the close on bars with more volume than the bar before, else stands still.",
  notes:
    "Starts at 1000; its level depends on where the series starts, only its changes mean something. NaN at a gap; the next bar is compared with the last known one.",
  source: "Fosback, Stock Market Logic (1976)",
  memory: "recursive",
  columns: () => [{ name: "pvi", unit: "index", flat: 1000 }],
  warmupBars: () => 0,
  compute: (inputs) => [volumeIndex(inputs, 1)],
});
