import * as z from "zod";
import { expiryParam, scopeSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { OPEN_INTEREST_NOTE } from "../options-flow/open-interest-note.ts";
import { distanceToStrike } from "../snapshots.ts";
import { openInterestPeakMeasure, STRIKE_NOTE } from "./strike-measures.ts";

export const distToOiPeak = defineIndicator({
  name: "dist_to_oi_peak",
  version: 1,
  category: "options_structure",
  subcategory: "strikes",
  timeframe: "any",
  inputs: ["close", "chains", "sessionDate", "barEnd", "scale"],
  params: z.strictObject({ expiry: expiryParam("front") }),
  doc: "Distance of the close from the strike with the most open interest, as a fraction of the strike.",
  notes: `Positive = the close is above it. ${OPEN_INTEREST_NOTE} ${STRIKE_NOTE}`,
  source: "close / oi_peak_strike - 1, at raw prices",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ expiry }) => [{ name: `dist_to_oi_peak${scopeSuffix(expiry, "front")}`, unit: "ratio" }],
  warmupBars: () => 0,
  compute: (inputs, { expiry }) => [distanceToStrike(inputs, openInterestPeakMeasure(expiry))],
});
