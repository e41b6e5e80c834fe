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

/** What the grid must know of the model. */
export interface GridContext {
  readonly cadence: "intraday" | "daily";
  /** N: bars from the decision to the end of the label. */
  readonly labelHorizonBars: number;
  /** Classes of the label: 2, or 3 with FLAT. */
  readonly classes: number;
  /** Hours in which the model may trade at all; null = all. Every variant's hours stay inside. */
  readonly allowedHours: readonly number[] | null;
  readonly instrument: "stocks" | "options";
  /** Columns of the matrix, bar fields included; null = not known yet, so filters are not held against them. */
  readonly columns: ReadonlySet<string> | null;
  /** Most variants that the plan allows, 3,000 at most. */
  readonly maxVariants: number;
}
