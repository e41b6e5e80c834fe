import * as z from "zod";
import { gammaSkew } from "../../options/chain/gamma-ladder.ts";
import { expiryParam, scopeSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { latestMeasure } from "../snapshots.ts";
import { EXPOSURE_NOTE } from "./exposure-note.ts";

export const gammaSkewLeftRight = defineIndicator({
  name: "gamma_skew_left_right",
  version: 1,
  category: "options_structure",
  subcategory: "shape",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({
    expiry: expiryParam("front"),
  }),
  doc: "Gamma x open interest at strikes above the underlying less that below it, over both: -1 all below, 1 all above.",
  notes: EXPOSURE_NOTE,
  source: "(right - left) / (right + left), by the underlying's price in the snapshot",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ expiry }) => [{ name: `gamma_skew_left_right${scopeSuffix(expiry, "front")}`, unit: "index", bounds: [-1, 1] }],
  warmupBars: () => 0,
  compute: (inputs, { expiry }) => [
    latestMeasure(inputs, { kind: "exposure", key: `gamma_skew:${expiry}`, of: (chain) => gammaSkew(chain, expiry) }),
  ],
});
