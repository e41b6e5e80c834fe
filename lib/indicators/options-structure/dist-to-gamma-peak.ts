import * as z from "zod";
import { expiryParam, scopeSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { distanceToStrike } from "../snapshots.ts";
import { EXPOSURE_NOTE } from "./exposure-note.ts";
import { gammaPeakMeasure, STRIKE_NOTE } from "./strike-measures.ts";

export const distToGammaPeak = defineIndicator({
  name: "dist_to_gamma_peak",
  version: 1,
  category: "options_structure",
  subcategory: "strikes",
  timeframe: "any",
  inputs: ["close", "chains", "sessionDate", "barEnd", "scale"],
  params: z.strictObject({ expiry: expiryParam("front") }),
  doc: "Distance of the close from the strike with the most gamma x open interest, as a fraction of the strike.",
  notes: `Positive = the close is above it. ${EXPOSURE_NOTE} ${STRIKE_NOTE}`,
  source: "close / gamma_peak_strike - 1, at raw prices",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ expiry }) => [{ name: `dist_to_gamma_peak${scopeSuffix(expiry, "front")}`, unit: "ratio" }],
  warmupBars: (_, barsPerSession = 1) => barsPerSession - 1,
  compute: (inputs, { expiry }) => [distanceToStrike(inputs, gammaPeakMeasure(expiry))],
});
