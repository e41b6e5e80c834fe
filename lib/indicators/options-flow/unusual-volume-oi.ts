import * as z from "zod";
import type { OptionChain } from "../../core/option-data.ts";
import { unusualVolumeShare } from "../../options/chain/option-flow.ts";
import { decimal, expiryParam, scopeSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { latestMeasure } from "../snapshots.ts";

export const unusualVolumeOi = defineIndicator({
  name: "unusual_volume_oi",
  version: 1,
  category: "options_flow",
  subcategory: "activity",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({
    multiple: z.number().gt(0).max(100).default(2).describe("Of the morning's open interest, above which volume is unusual"),
    expiry: expiryParam("all"),
  }),
  doc: "Share of the session's option volume so far in contracts that traded more than a multiple of their morning's open interest.",
  notes:
    "Read from the latest snapshot with volumes that was known at the row's end, of the row's session or the one before; NaN when older, when the snapshot is refused, and when nothing traded. Contracts whose volume or open interest is unknown are left out.",
  source: "sum of volume where volume > multiple x OI, over sum of volume",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ multiple, expiry }) => [
    { name: `unusual_volume_oi_${decimal(multiple)}${scopeSuffix(expiry, "all")}`, unit: "ratio", bounds: [0, 1] },
  ],
  warmupBars: () => 0,
  compute(inputs, { multiple, expiry }) {
    const of = (chain: OptionChain): number => unusualVolumeShare(chain, expiry, multiple);
    return [latestMeasure(inputs, { kind: "volume", key: `unusual_volume:${expiry}:${multiple}`, of })];
  },
});
