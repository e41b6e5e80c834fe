import * as z from "zod";
import { expiryParam, scopeSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { previousSessionMeasure } from "../snapshots.ts";
import { putCallMeasure } from "./pcr-volume.ts";

export const pcrEod = defineIndicator({
  name: "pcr_eod",
  version: 1,
  category: "options_flow",
  subcategory: "put_call",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({ expiry: expiryParam("all") }),
  doc: "Put over call volume of the whole session before the row's.",
  notes:
    "The last snapshot of that session; NaN when it has none that can be used. The row's own session never counts, not even at its close.",
  source: "As pcr_volume",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: ({ expiry }) => [{ name: `pcr_eod${scopeSuffix(expiry, "all")}`, unit: "ratio" }],
  warmupBars: () => 0,
  compute: (inputs, { expiry }) => [previousSessionMeasure(inputs, putCallMeasure(expiry))],
});
