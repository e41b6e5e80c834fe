import * as z from "zod";
import { gammaConcentration as measure } from "../../options/chain/gamma-ladder.ts";
import { expiryParam, scopeSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { latestMeasure } from "../snapshots.ts";
import { EXPOSURE_NOTE } from "./exposure-note.ts";

export const gammaConcentration = defineIndicator({
  name: "gamma_concentration",
  version: 1,
  category: "options_structure",
  subcategory: "concentration",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({
    top_n: z.int().min(1).max(500).default(3).describe("Strikes that count, those with the most"),
    expiry: expiryParam("front"),
  }),
  doc: "Share of gamma x open interest that stands at the strikes with the most of it.",
  notes: EXPOSURE_NOTE,
  source: "sum over the top n strikes of gamma x OI, over all strikes",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ top_n, expiry }) => [{ name: `gamma_concentration_${top_n}${scopeSuffix(expiry, "front")}`, unit: "index", bounds: [0, 1] }],
  warmupBars: () => 0,
  compute: (inputs, { top_n, expiry }) => [
    latestMeasure(inputs, {
      kind: "exposure",
      key: `gamma_concentration:${expiry}:${top_n}`,
      of: (chain) => measure(chain, expiry, top_n),
    }),
  ],
});
