import * as z from "zod";
import { gammaDensityPeak } from "../../options/chain/gamma-ladder.ts";
import { decimal, expiryParam, scopeSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { latestStrike } from "../snapshots.ts";
import { EXPOSURE_NOTE } from "./exposure-note.ts";
import { STRIKE_NOTE } from "./strike-measures.ts";

export const gammaDensityPeakStrike = defineIndicator({
  name: "gamma_density_peak_strike",
  version: 1,
  category: "options_structure",
  subcategory: "strikes",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd", "scale"],
  params: z.strictObject({
    bandwidth_pct: z.number().min(0.01).max(20).default(1).describe("Width of the smoothing, in percent of the underlying's price"),
    expiry: expiryParam("front"),
  }),
  doc: "Listed strike around which gamma x open interest is densest, each strike's weight being spread by a normal curve.",
  notes: `The lowest of several equal ones. ${EXPOSURE_NOTE} ${STRIKE_NOTE}`,
  source: "argmax over listed K of the sum of gamma x OI x exp(-((K' - K) / (bandwidth x S))^2 / 2)",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ bandwidth_pct, expiry }) => [
    { name: `gamma_density_peak_strike_${decimal(bandwidth_pct)}${scopeSuffix(expiry, "front")}`, unit: "price" },
  ],
  warmupBars: (_, barsPerSession = 1) => barsPerSession - 1,
  compute: (inputs, { bandwidth_pct, expiry }) => [
    latestStrike(inputs, {
      kind: "exposure",
      key: `gamma_density:${expiry}:${bandwidth_pct}`,
      of: (chain) => gammaDensityPeak(chain, expiry, bandwidth_pct / 100),
    }),
  ],
});
