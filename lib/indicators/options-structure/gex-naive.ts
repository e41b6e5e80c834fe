import * as z from "zod";
import { gexNaive as measure } from "../../options/chain/gamma-exposure.ts";
import { expiryParam, scopeSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { latestMeasure } from "../snapshots.ts";
import { EXPOSURE_NOTE } from "./exposure-note.ts";

export const gexNaive = defineIndicator({
  name: "gex_naive",
  version: 1,
  category: "options_structure",
  subcategory: "exposure",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({
    expiry: expiryParam("all"),
  }),
  doc: "Naive gamma exposure: dollars of hedging that a move of 1 % asks for, if dealers were long every call and short every put.",
  notes: `The sign is an assumption, not what dealers hold: nobody outside the exchange can know that, and sources disagree. ${EXPOSURE_NOTE}`,
  source: "sum of s x gamma x OI x 100 x S^2 x 0.01, s = 1 for calls, -1 for puts; Barbon and Buraschi, Gamma Fragility (2020)",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ expiry }) => [{ name: `gex_naive${scopeSuffix(expiry, "all")}`, unit: "usd" }],
  warmupBars: () => 0,
  compute: (inputs, { expiry }) => [
    latestMeasure(inputs, { kind: "exposure", key: `gex_naive:${expiry}`, of: (chain) => measure(chain, expiry) }),
  ],
});
