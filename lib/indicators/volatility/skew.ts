import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { returnShape } from "../shared-series.ts";

export const skew = defineIndicator({
  name: "skew",
  version: 1,
  category: "volatility",
  subcategory: "shape",
  timeframe: "any",
  inputs: ["close"],
  params: z.strictObject({ window: z.int().min(3).max(5000).default(60).describe("Returns in the window") }),
  doc: "Skewness of the last one-bar log returns; negative = the falls are the larger moves.",
  notes:
    "Corrected for the size of the sample (G1, as pandas and spreadsheets have it). NaN while the window holds an unknown return and where all its returns are equal.",
  source: "Joanes & Gill, Comparing measures of sample skewness and kurtosis (1998), G1",
  memory: "finite",
  columns: ({ window }) => [{ name: `skew_${window}`, unit: "index", flat: Number.NaN }],
  warmupBars: ({ window }) => window,
  compute: (inputs, { window }) => [returnShape(inputs, window).skewness],
});
