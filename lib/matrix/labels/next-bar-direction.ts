import type { Band, LabelEntry } from "../label.schema.ts";
import { FORWARD_RETURN_VERSION, forwardReturnLabel } from "./forward-return.ts";
import type { LabelColumns, LabelSeries } from "./label-series.ts";

/** Raised with every change of the numbers, including those of the forward return that it stands on. */
export const NEXT_BAR_DIRECTION_VERSION = FORWARD_RETURN_VERSION;

export interface NextBarDirectionOptions {
  readonly entry: LabelEntry;
  readonly band: Band;
  readonly crossSession: boolean;
}

/**
 * The sign of the next bar's return, with a flat band: a forward return of one bar.
 *
 * @returns shape (bars,) each; see the forward return for NaN, bands and exact zeros
 */
export function nextBarDirectionLabel(series: LabelSeries, options: NextBarDirectionOptions): LabelColumns {
  return forwardReturnLabel(series, { ...options, horizon: 1, unit: "bars", task: "classify" });
}
