import * as z from "zod";
import { vannaTotal as measure } from "../../options/chain/gamma-exposure.ts";
import { expiryParam, scopeSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { latestMeasure } from "../snapshots.ts";
import { EXPOSURE_NOTE } from "./exposure-note.ts";

export const vannaTotal = defineIndicator({
  name: "vanna_total",
  version: 1,
  category: "options_structure",
  subcategory: "exposure",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({
    expiry: expiryParam("all"),
  }),
  doc: "Vanna of the naive dealer position (calls plus, puts minus): dollars by which its hedge changes as volatility rises by one point.",
  notes: `The sign is gex_naive's assumption. Greeks are Black-Scholes-Merton's at each strike's volatility, without rates. ${EXPOSURE_NOTE}`,
  source: "sum of s x vanna x OI x 100 x S x 0.01",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ expiry }) => [{ name: `vanna_total${scopeSuffix(expiry, "all")}`, unit: "usd" }],
  warmupBars: () => 0,
  compute: (inputs, { expiry }) => [
    latestMeasure(inputs, { kind: "exposure", key: `vanna_total:${expiry}`, of: (chain) => measure(chain, expiry) }),
  ],
});
