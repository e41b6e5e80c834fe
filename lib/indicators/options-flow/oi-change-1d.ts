import * as z from "zod";
import { openInterestChange } from "../../options/chain/open-interest.ts";
import { defineIndicator } from "../define-indicator.ts";
import { snapshotsOf } from "../snapshots.ts";
import { latestValues } from "../timeline.ts";
import { OPEN_INTEREST_NOTE } from "./open-interest-note.ts";

export const oiChange1d = defineIndicator({
  name: "oi_change_1d",
  version: 1,
  category: "options_flow",
  subcategory: "open_interest",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({}),
  doc: "Relative change of open interest from the morning of the session before to this morning, all expiries.",
  notes: `Contracts that expired in between are left out of the earlier sum. NaN when the session before has no open interest. ${OPEN_INTEREST_NOTE}`,
  source: "OI(s) / OI(s - 1) - 1",
  memory: "finite",
  needs: () => ({ chains: "daily", historySessions: 2 }),
  columns: () => [{ name: "oi_change_1d", unit: "ratio" }],
  warmupBars: () => 0,
  compute(inputs) {
    const snapshots = snapshotsOf(inputs, "open_interest");
    const { chains, session } = snapshots;
    const changes = inputs.shared.get("oi_change_1d", () => {
      const lastOf = new Map<number, number>();
      const out = new Float64Array(chains.length);
      chains.forEach((chain, i) => {
        const before = lastOf.get(session[i]! - 1);
        // Snapshots of one session carry the same morning's numbers.
        out[i] = before === undefined ? Number.NaN : openInterestChange(chains[before]!, chain);
        lastOf.set(session[i]!, i);
      });
      return out;
    });
    return [latestValues(inputs, snapshots, changes)];
  },
});
