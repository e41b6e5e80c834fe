import type { Tenor } from "../../options/chain/iv-measures.ts";
import { tenorKey } from "../chain-params.ts";
import type { IndicatorInputs } from "../inputs.ts";
import { measureValues, snapshotsOf } from "../snapshots.ts";
import { forEachSession, latestValues } from "../timeline.ts";
import { atmMeasure } from "./atm-measure.ts";

/** Sessions of 52 weeks. */
export const YEAR_SESSIONS = 252;

/**
 * The at-the-money volatility at each row as its own past sees it.
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
    const out = new Float64Array(values.length).fill(Number.NaN);
    forEachSession(snapshots, values, window, (past, from, to) => {
      for (let i = from; i < to; i++) if (!Number.isNaN(values[i]!)) out[i] = compare(values[i]!, past);
    });
    return out;
  });
  return latestValues(inputs, snapshots, compared);
}
