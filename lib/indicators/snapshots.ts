import type { OptionChain } from "../core/option-data.ts";
import { carriedKinds, type SnapshotKind } from "../options/chain/carried-kinds.ts";
import { perChain } from "../options/chain/per-chain.ts";
import type { IndicatorInputs } from "./inputs.ts";
import { newColumn } from "./kernels/columns.ts";
import { rowSessions, sessionNumber } from "./session-numbers.ts";
import { latestPlaces, latestValues, previousSessionPlaces, type Timeline, valuesAt } from "./timeline.ts";

/** The snapshots of one kind. */
export interface Snapshots extends Timeline {
  readonly kind: SnapshotKind;
  readonly chains: readonly OptionChain[];
}

/** The snapshots that carry what a measure needs; one of which nobody knows when it was known is none. */
export function snapshotsOf({ chains }: IndicatorInputs, kind: SnapshotKind): Snapshots {
  let byKind = selected.get(chains);
  if (!byKind) {
    byKind = new Map();
    selected.set(chains, byKind);
  }
  let found = byKind.get(kind);
  if (!found) {
    found = asSnapshots(
      kind,
      `chain:${kind}`,
      chains.filter((chain) => Number.isFinite(chain.knownAt) && carriedKinds(chain).has(kind)),
    );
    byKind.set(kind, found);
  }
  return found;
}

const selected = new WeakMap<readonly OptionChain[], Map<SnapshotKind, Snapshots>>();

/** Snapshots as a timeline. @param key - names the selection */
function asSnapshots(kind: SnapshotKind, key: string, chains: readonly OptionChain[]): Snapshots {
  return {
    kind,
    key,
    chains,
    knownAt: Float64Array.from(chains, ({ knownAt }) => knownAt),
    session: Float64Array.from(chains, ({ sessionDate }) => sessionNumber(sessionDate)),
  };
}

/** A number that one snapshot alone gives. */
export interface ChainMeasure {
  readonly kind: SnapshotKind;
  /** Names the measure with all its parameters, such as `max_pain:front`. */
  readonly key: string;
  readonly of: (chain: OptionChain) => number;
}

/** The measure of each snapshot of its kind: once for a snapshot, however many columns and inputs read it. */
export function measureValues(inputs: IndicatorInputs, { kind, key, of }: ChainMeasure): Float64Array {
  return inputs.shared.get(`measure:${key}`, () => {
    const { chains } = snapshotsOf(inputs, kind);
    const values = new Float64Array(chains.length);
    chains.forEach((chain, i) => {
      const known = measured(chain);
      let value = known.get(key);
      if (value === undefined) {
        value = of(chain);
        known.set(key, value);
      }
      values[i] = value;
    });
    return values;
  });
}

const measured = perChain((): Map<string, number> => new Map());

/** The measure at each row: of the latest snapshot known by its end, of its session or the one before. */
export function latestMeasure(inputs: IndicatorInputs, measure: ChainMeasure): Float64Array {
  return latestValues(inputs, snapshotsOf(inputs, measure.kind), measureValues(inputs, measure));
}

/** The measure of the last snapshot of the session before each row's: what was known when that session had ended. */
export function previousSessionMeasure(inputs: IndicatorInputs, measure: ChainMeasure): Float64Array {
  return valuesAt(previousSessionPlaces(inputs, snapshotsOf(inputs, measure.kind)), measureValues(inputs, measure));
}

/**
 * A measure in raw dollars, such as a strike, on the scale of the input prices. NaN where the scale changed between the
 * snapshot's session and the row (a split, a dividend), as old strikes may not be the row's.
 */
export function latestStrike(inputs: IndicatorInputs, measure: ChainMeasure): Float64Array {
  const snapshots = snapshotsOf(inputs, measure.kind);
  const places = latestPlaces(inputs, snapshots);
  const values = measureValues(inputs, measure);
  const rows = rowSessions(inputs);
  const out = newColumn(inputs.length);
  // Scale of the last row of the session before, NaN where the rows have none of that session.
  let before = Number.NaN;
  for (let t = 0; t < out.length; t++) {
    if (t > 0 && rows[t] !== rows[t - 1]) before = rows[t]! - rows[t - 1]! === 1 ? inputs.scale[t - 1]! : Number.NaN;
    const place = places[t]!;
    const scale = inputs.scale[t]!;
    const fits = place >= 0 && (snapshots.session[place] === rows[t] || before === scale);
    out[t] = fits ? values[place]! * scale : Number.NaN;
  }
  return out;
}

/** How far the close is above a strike, as a fraction of the strike. */
export function distanceToStrike(inputs: IndicatorInputs, measure: ChainMeasure): Float64Array {
  const out = latestStrike(inputs, measure);
  for (let t = 0; t < out.length; t++) out[t] = inputs.close[t]! / out[t]! - 1;
  return out;
}
