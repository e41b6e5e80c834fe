import * as z from "zod";
import { pinRisk as measure } from "../../options/chain/pin-risk.ts";
import { expiryParam, scopeSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { latestMeasure } from "../snapshots.ts";
import { EXPOSURE_NOTE } from "./exposure-note.ts";

export const pinRisk = defineIndicator({
  name: "pin_risk",
  version: 1,
  category: "options_structure",
  subcategory: "shape",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({
    expiry: expiryParam("front"),
  }),
  doc: "Pin risk: share of gamma x open interest at the heaviest strike within one straddle of the underlying, times how close it is.",
  notes: `0 = no such strike within the at-the-money straddle of the nearest expiry, 1 = all of it at the money. By the underlying's price in the snapshot. ${EXPOSURE_NOTE}`,
  source:
    "share x (1 - |S - K| / straddle); Ni, Pearson and Poteshman, Stock Price Clustering on Option Expiration Dates (2005), for the effect",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ expiry }) => [{ name: `pin_risk${scopeSuffix(expiry, "front")}`, unit: "index", bounds: [0, 1] }],
  warmupBars: () => 0,
  compute: (inputs, { expiry }) => [
    latestMeasure(inputs, { kind: "exposure", key: `pin_risk:${expiry}`, of: (chain) => measure(chain, expiry) }),
  ],
});
