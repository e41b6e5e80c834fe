import type { IvHistory } from "../../core/option-data.ts";
import type { Tenor } from "../../options/chain/iv-measures.ts";
import { tenorKey } from "../chain-params.ts";
import type { DataNeeds } from "../define-indicator.ts";
import type { IndicatorInputs } from "../inputs.ts";
import { sessionNumbers } from "../session-numbers.ts";
import { measureValues, snapshotsOf } from "../snapshots.ts";
import { forEachWithPast, latestValues } from "../timeline.ts";
import { atmMeasure } from "./atm-measure.ts";

/** Sessions of 52 weeks. */
export const YEAR_SESSIONS = 252;

/** Today's chain, and one volatility a session of the `window` sessions before a row that reads yesterday's chain. */
export const needsPast = (tenor: Tenor, window: number): DataNeeds => ({
  chains: "daily",
  ivHistory: { tenor, sessions: window + 1 },
});

const NONE: IvHistory = { length: 0, session: new Float64Array(), knownAt: new Float64Array(), value: new Float64Array() };

/**
 * The at-the-money volatility at each row as its own past sees it: the latest snapshot's, against one value for each session before
 * the snapshot's that was known when the snapshot was.
 *
 * @param name - of the comparison, for the shared series' key
 * @param compare - of a value and the values of the sessions before, ascending
 */
export function againstPast(
  inputs: IndicatorInputs,
  tenor: Tenor,
  window: number,
  name: string,
  compare: (value: number, past: Float64Array) => number,
): Float64Array {
  const measure = atmMeasure(tenor);
  const snapshots = snapshotsOf(inputs, measure.kind);
  const compared = inputs.shared.get(`${name}:${window}:${tenorKey(tenor)}`, () => {
    const values = measureValues(inputs, measure);
    const { session, knownAt, value } = inputs.ivHistory.get(tenorKey(tenor)) ?? NONE;
    const out = new Float64Array(values.length).fill(Number.NaN);
    forEachWithPast(snapshots, { session: sessionNumbers(session), knownAt, value }, window, (past, i) => {
      if (!Number.isNaN(values[i]!)) out[i] = compare(values[i]!, past);
    });
    return out;
  });
  return latestValues(inputs, snapshots, compared);
}
