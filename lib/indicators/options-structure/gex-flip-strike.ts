import * as z from "zod";
import { gammaFlip } from "../../options/chain/gamma-exposure.ts";
import { decimal, expiryParam, scopeSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { latestStrike } from "../snapshots.ts";
import { EXPOSURE_NOTE } from "./exposure-note.ts";
import { STRIKE_NOTE } from "./strike-measures.ts";

export const gexFlipStrike = defineIndicator({
  name: "gex_flip_strike",
  version: 1,
  category: "options_structure",
  subcategory: "exposure",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd", "scale"],
  params: z.strictObject({
    range_pct: z.number().min(1).max(50).default(10).describe("How far from the underlying's price a crossing is looked for, in percent"),
    expiry: expiryParam("all"),
  }),
  doc: "Gamma flip: price of the underlying at which the naive gamma exposure, computed anew at every price, crosses zero.",
  notes: `The crossing nearest to the underlying; NaN when there is none within the range. Each strike keeps its volatility. The sign is gex_naive's assumption. ${EXPOSURE_NOTE} ${STRIKE_NOTE}`,
  source: "GEX(S') = 0 on a grid of 80 steps, linear between them; gammas by Black-Scholes-Merton without rates",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ range_pct, expiry }) => [{ name: `gex_flip_strike_${decimal(range_pct)}${scopeSuffix(expiry, "all")}`, unit: "price" }],
  warmupBars: (_, barsPerSession = 1) => barsPerSession - 1,
  compute: (inputs, { range_pct, expiry }) => [
    latestStrike(inputs, {
      kind: "exposure",
      key: `gex_flip:${expiry}:${range_pct}`,
      of: (chain) => gammaFlip(chain, expiry, range_pct / 100),
    }),
  ],
});
