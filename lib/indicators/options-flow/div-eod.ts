import * as z from "zod";
import { putsLessCalls } from "../../options/chain/option-flow.ts";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { previousSessionChange } from "../session-closes.ts";
import { previousSessionMeasure } from "../snapshots.ts";

export const divEod = defineIndicator({
  name: "div_eod",
  version: 1,
  category: "options_flow",
  subcategory: "divergence",
  timeframe: "any",
  inputs: ["close", "chains", "sessionDate", "barEnd"],
  params: z.strictObject({}),
  doc: "Divergence of price and option volume in the session before the row's: -1, 0 or 1.",
  notes:
    "Minus the sign of that session's return (close over the close before) times the sign of its put less its call volume, all expiries: divergence_score over a whole session. 1 when price rose on more calls or fell on more puts, -1 when it rose on more puts or fell on more calls. NaN when a close or the volumes are unknown.",
  source: "-sign(return) x sign(put volume - call volume)",
  memory: "finite",
  needs: () => ({ chains: "daily" }),
  columns: () => [{ name: "div_eod", unit: "flag", bounds: [-1, 1] }],
  warmupBars: (_, barsPerSession = 1) => 2 * barsPerSession,
  compute(inputs) {
    const difference = previousSessionMeasure(inputs, { kind: "volume", key: "puts_less_calls", of: putsLessCalls });
    const change = previousSessionChange(inputs);
    const out = newColumn(inputs.length);
    // Adding 0 makes the zero of a negative factor a plain one.
    for (let t = 0; t < out.length; t++) out[t] = -Math.sign(change[t]!) * Math.sign(difference[t]!) + 0;
    return [out];
  },
});
