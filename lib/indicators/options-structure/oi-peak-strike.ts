import * as z from "zod";
import { expiryParam, scopeSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { OPEN_INTEREST_NOTE } from "../options-flow/open-interest-note.ts";
import { latestStrike } from "../snapshots.ts";
import { openInterestPeakMeasure, STRIKE_NOTE } from "./strike-measures.ts";

export const oiPeakStrike = defineIndicator({
  name: "oi_peak_strike",
  version: 1,
  category: "options_structure",
  subcategory: "strikes",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd", "scale"],
  params: z.strictObject({ expiry: expiryParam("front") }),
  doc: "Strike with the most open interest, calls and puts together.",
  notes: `The lowest of several equal ones. ${OPEN_INTEREST_NOTE} ${STRIKE_NOTE}`,
  source: "argmax of call plus put OI",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ expiry }) => [{ name: `oi_peak_strike${scopeSuffix(expiry, "front")}`, unit: "price" }],
  warmupBars: () => 0,
  compute: (inputs, { expiry }) => [latestStrike(inputs, openInterestPeakMeasure(expiry))],
});
