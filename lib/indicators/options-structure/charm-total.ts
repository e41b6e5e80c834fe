import * as z from "zod";
import { charmTotal as measure } from "../../options/chain/gamma-exposure.ts";
import { expiryParam, scopeSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { latestMeasure } from "../snapshots.ts";
import { EXPOSURE_NOTE } from "./exposure-note.ts";

export const charmTotal = defineIndicator({
  name: "charm_total",
  version: 1,
  category: "options_structure",
  subcategory: "exposure",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({
    expiry: expiryParam("all"),
  }),
  doc: "Charm of the naive dealer position (calls plus, puts minus): dollars by which its hedge changes as a calendar day passes.",
  notes: `The sign is gex_naive's assumption. Greeks are Black-Scholes-Merton's at each strike's volatility, without rates. ${EXPOSURE_NOTE}`,
  source: "sum of s x charm x OI x 100 x S / 365",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ expiry }) => [{ name: `charm_total${scopeSuffix(expiry, "all")}`, unit: "usd" }],
  warmupBars: () => 0,
  compute: (inputs, { expiry }) => [
    latestMeasure(inputs, { kind: "exposure", key: `charm_total:${expiry}`, of: (chain) => measure(chain, expiry) }),
  ],
});
