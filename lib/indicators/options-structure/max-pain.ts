import * as z from "zod";
import { expiryParam, scopeSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { OPEN_INTEREST_NOTE } from "../options-flow/open-interest-note.ts";
import { latestStrike } from "../snapshots.ts";
import { maxPainMeasure, STRIKE_NOTE } from "./strike-measures.ts";

export const maxPain = defineIndicator({
  name: "max_pain",
  version: 1,
  category: "options_structure",
  subcategory: "strikes",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd", "scale"],
  params: z.strictObject({ expiry: expiryParam("front") }),
  doc: "Max pain: the listed strike at which all holders together would be paid the least at expiry.",
  notes: `The lowest of several equal ones. ${OPEN_INTEREST_NOTE} ${STRIKE_NOTE}`,
  source: "argmin over strikes of the sum of OI x intrinsic value; Ni, Pearson and Poteshman (2005) for the pull of strikes",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ expiry }) => [{ name: `max_pain${scopeSuffix(expiry, "front")}`, unit: "price" }],
  warmupBars: () => 0,
  compute: (inputs, { expiry }) => [latestStrike(inputs, maxPainMeasure(expiry))],
});
