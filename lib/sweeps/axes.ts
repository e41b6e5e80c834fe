import type { SweepAxes } from "./sweep.schema.ts";

/** One axis value with the text of the request it came from. */
export interface Labelled<T> {
  readonly value: T;
  readonly group: string | null;
}

/** All axes of a grid in the order in which they are multiplied, the last one fastest. */
export interface Axes {
  readonly thresholds: readonly Labelled<number | null>[];
  readonly hours: readonly Labelled<readonly number[] | null>[];
  readonly topPct: readonly Labelled<number | null>[];
  readonly rest: SweepAxes;
}
