import * as z from "zod";
import { openInterestHhi } from "../../options/chain/open-interest.ts";
import { expiryParam, scopeSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { OPEN_INTEREST_NOTE } from "../options-flow/open-interest-note.ts";
import { latestMeasure } from "../snapshots.ts";

export const oiConcentrationHhi = defineIndicator({
  name: "oi_concentration_hhi",
  version: 1,
  category: "options_structure",
  subcategory: "concentration",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({
    top_n: z.int().min(1).max(500).default(21).describe("Strikes that count, those with the most"),
    expiry: expiryParam("front"),
  }),
  doc: "Herfindahl index of open interest over the strikes that have the most: 1 = all at one strike, 1 / n = evenly at n.",
  notes: `Shares are of the total of these strikes. ${OPEN_INTEREST_NOTE}`,
  source: "sum over the top n strikes of (OI / their sum)^2",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ top_n, expiry }) => [{ name: `oi_concentration_hhi_${top_n}${scopeSuffix(expiry, "front")}`, unit: "index", bounds: [0, 1] }],
  warmupBars: () => 0,
  compute: (inputs, { top_n, expiry }) => [
    latestMeasure(inputs, {
      kind: "open_interest",
      key: `oi_hhi:${expiry}:${top_n}`,
      of: (chain) => openInterestHhi(chain, expiry, top_n),
    }),
  ],
});
