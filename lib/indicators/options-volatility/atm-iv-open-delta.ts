import * as z from "zod";
import { NYSE } from "../../core/calendar.ts";
import { daysParam, ivSourceParam, tenorKey, tenorOf, tenorSuffix } from "../chain-params.ts";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rowSessions } from "../session-numbers.ts";
import { measureValues, snapshotsOf } from "../snapshots.ts";
import { latestPlaces } from "../timeline.ts";
import { atmMeasure } from "./atm-measure.ts";

export const atmIvOpenDelta = defineIndicator({
  name: "atm_iv_open_delta",
  version: 1,
  category: "options_volatility",
  subcategory: "intraday",
  timeframe: "minute",
  inputs: ["chains", "sessionDate", "barEnd"],
  params: z.strictObject({ days: daysParam(30), iv_source: ivSourceParam }),
  doc: "At-the-money volatility less that of the session's first snapshot.",
  notes:
    "The first snapshot counts as the open's when it was known within an hour of it; without one the session is NaN, as with one snapshot a day. NaN too when the session has no snapshot yet, or one of the two cannot be used.",
  source: "IV(t) - IV(first of the session)",
  memory: "finite",
  needs: () => ({ chains: "intraday", historySessions: 0 }),
  columns: (params) => [{ name: `atm_iv_open_delta_${tenorSuffix(params)}`, unit: "volatility" }],
  warmupBars: () => 0,
  compute(inputs, params) {
    const measure = atmMeasure(tenorOf(params));
    const snapshots = snapshotsOf(inputs, measure.kind);
    const deltas = inputs.shared.get(`iv_open_delta:${tenorKey(tenorOf(params))}`, () => {
      const values = measureValues(inputs, measure);
      const { session, knownAt } = snapshots;
      let first = -1;
      return values.map((value, i) => {
        if (i === 0 || session[i] !== session[i - 1]) first = isOpening(session[i]!, knownAt[i]!) ? i : -1;
        return first < 0 ? Number.NaN : value - values[first]!;
      });
    });
    const places = latestPlaces(inputs, snapshots);
    const rows = rowSessions(inputs);
    const out = newColumn(inputs.length);
    for (let t = 0; t < out.length; t++) {
      const place = places[t]!;
      out[t] = place >= 0 && snapshots.session[place] === rows[t] ? deltas[place]! : Number.NaN;
    }
    return [out];
  },
});

const HOUR = 3_600_000;

const isOpening = (session: number, knownAt: number): boolean =>
  !Number.isNaN(session) && knownAt <= NYSE.openOf(NYSE.sessionAt(session)) + HOUR;
