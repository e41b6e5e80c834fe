import * as z from "zod";
import { totalOpenInterest } from "../../options/chain/open-interest.ts";
import { defineIndicator } from "../define-indicator.ts";
import { measureValues, snapshotsOf } from "../snapshots.ts";
import { LEAST_PRESENT, latestValues } from "../timeline.ts";
import { OPEN_INTEREST_NOTE } from "./open-interest-note.ts";

export const oiTrend = defineIndicator({
  name: "oi_trend",
  version: 1,
  category: "options_flow",
  subcategory: "open_interest",
  timeframe: "any",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({ window: z.int().min(3).max(252).default(5).describe("Sessions in the fit, the current one among them") }),
  doc: "Slope of the least-squares line through the open interest of the last `window` mornings, as a fraction of their mean a session.",
  notes: `All expiries, so an expiry shows as a fall. Missing mornings are left out; NaN when less than 60 % of the window is there. ${OPEN_INTEREST_NOTE}`,
  source: "Least squares of OI against the session's number, over mean OI",
  memory: "finite",
  needs: ({ window }) => ({ chains: "daily", historySessions: window }),
  columns: ({ window }) => [{ name: `oi_trend_${window}`, unit: "ratio" }],
  warmupBars: () => 0,
  compute(inputs, { window }) {
    const snapshots = snapshotsOf(inputs, "open_interest");
    const totals = measureValues(inputs, { kind: "open_interest", key: "total_oi", of: totalOpenInterest });
    const slopes = inputs.shared.get(`oi_trend:${window}`, () => {
      const bySession = new Map<number, number>();
      return totals.map((total, i) => {
        const session = snapshots.session[i]!;
        bySession.set(session, total);
        return slopeOf(bySession, session, window);
      });
    });
    return [latestValues(inputs, snapshots, slopes)];
  },
});

/** @param totals - by session number; NaN = unknown */
function slopeOf(totals: ReadonlyMap<number, number>, session: number, window: number): number {
  const known: (readonly [number, number])[] = [];
  for (let k = 1 - window; k <= 0; k++) {
    const total = totals.get(session + k);
    if (total !== undefined && !Number.isNaN(total)) known.push([k, total]);
  }
  if (known.length < LEAST_PRESENT * window) return Number.NaN;
  const meanTime = known.reduce((sum, [k]) => sum + k, 0) / known.length;
  const mean = known.reduce((sum, [, total]) => sum + total, 0) / known.length;
  let [cross, square] = [0, 0];
  for (const [k, total] of known) {
    cross += (k - meanTime) * (total - mean);
    square += (k - meanTime) ** 2;
  }
  return mean > 0 && square > 0 ? cross / square / mean : Number.NaN;
}
