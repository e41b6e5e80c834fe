import * as z from "zod";
import { expiryParam, scopeSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { latestStrike } from "../snapshots.ts";
import { EXPOSURE_NOTE } from "./exposure-note.ts";
import { gammaPeakMeasure, STRIKE_NOTE } from "./strike-measures.ts";

export const gammaPeakStrike = defineIndicator({
  name: "gamma_peak_strike",
  version: 1,
  category: "options_structure",
  subcategory: "strikes",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd", "scale"],
  params: z.strictObject({ expiry: expiryParam("front") }),
  doc: "Strike with the most gamma x open interest, calls and puts together.",
  notes: `The lowest of several equal ones. ${EXPOSURE_NOTE} ${STRIKE_NOTE}`,
  source: "argmax of gamma x OI",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ expiry }) => [{ name: `gamma_peak_strike${scopeSuffix(expiry, "front")}`, unit: "price" }],
  warmupBars: (_, barsPerSession = 1) => barsPerSession - 1,
  compute: (inputs, { expiry }) => [latestStrike(inputs, gammaPeakMeasure(expiry))],
});
