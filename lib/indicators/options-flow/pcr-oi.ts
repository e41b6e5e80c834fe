import * as z from "zod";
import { putCallOpenInterest } from "../../options/chain/option-flow.ts";
import { expiryParam, scopeSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { latestMeasure } from "../snapshots.ts";
import { OPEN_INTEREST_NOTE } from "./open-interest-note.ts";

export const pcrOi = defineIndicator({
  name: "pcr_oi",
  version: 1,
  category: "options_flow",
  subcategory: "put_call",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({ expiry: expiryParam("all") }),
  doc: "Put over call open interest of the morning.",
  notes: `NaN when no call is open. ${OPEN_INTEREST_NOTE}`,
  source: "Sum of put over sum of call open interest",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ expiry }) => [{ name: `pcr_oi${scopeSuffix(expiry, "all")}`, unit: "ratio" }],
  warmupBars: () => 0,
  compute: (inputs, { expiry }) => [
    latestMeasure(inputs, { kind: "open_interest", key: `pcr_oi:${expiry}`, of: (chain) => putCallOpenInterest(chain, expiry) }),
  ],
});
