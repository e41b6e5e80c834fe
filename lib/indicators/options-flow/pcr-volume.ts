import * as z from "zod";
import type { ExpiryScope } from "../../options/chain/chain-layout.ts";
import { putCallVolume } from "../../options/chain/option-flow.ts";
import { expiryParam, scopeSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { type ChainMeasure, latestMeasure } from "../snapshots.ts";

export const pcrVolume = defineIndicator({
  name: "pcr_volume",
  version: 1,
  category: "options_flow",
  subcategory: "put_call",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({ expiry: expiryParam("all") }),
  doc: "Put over call volume of the session so far.",
  notes:
    "Read from the latest snapshot with volumes that was known at the row's end, of the row's session or the one before; NaN when older, when the snapshot is refused, and when no call traded.",
  source:
    "Pan and Poteshman, The Information in Option Volume for Future Stock Prices (2006), for the idea; all volume, whoever started it",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ expiry }) => [{ name: `pcr_volume${scopeSuffix(expiry, "all")}`, unit: "ratio" }],
  warmupBars: () => 0,
  compute: (inputs, { expiry }) => [latestMeasure(inputs, putCallMeasure(expiry))],
});

export const putCallMeasure = (expiry: ExpiryScope): ChainMeasure => ({
  kind: "volume",
  key: `pcr_volume:${expiry}`,
  of: (chain) => putCallVolume(chain, expiry),
});
