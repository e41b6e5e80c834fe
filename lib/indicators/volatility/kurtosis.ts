import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { returnShape } from "../shared-series.ts";

export const kurtosis = defineIndicator({
  name: "kurtosis",
  version: 1,
  category: "volatility",
  subcategory: "shape",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(4).max(5000).default(60).describe("Returns in the window") }),
  doc: "Excess kurtosis of the last one-bar log returns: 0 for a normal distribution, above 0 = fat tails.",
  notes:
    "Corrected for the size of the sample (G2, as pandas and spreadsheets have it). NaN while the window holds an unknown return and where all its returns are equal.",
  source: "Joanes & Gill, Comparing measures of sample skewness and kurtosis (1998), G2",
  memory: "finite",
  columns: ({ window }) => [{ name: `kurtosis_${window}`, unit: "index", flat: Number.NaN }],
  warmupBars: ({ window }) => window,
  compute: (inputs, { window }) => [returnShape(inputs, window).kurtosis],
});
