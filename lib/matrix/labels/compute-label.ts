import type { Cadence } from "../../core/bars.ts";
import type { Label } from "../label.schema.ts";
import { CLOSE_TO_OPEN_VERSION, closeToOpenLabel } from "./close-to-open.ts";
import { FORWARD_RETURN_VERSION, forwardReturnLabel } from "./forward-return.ts";
import { HEADFAKE_REVERSAL_VERSION, headfakeReversalLabel } from "./headfake-reversal.ts";
import type { LabelColumns, LabelSeries } from "./label-series.ts";
import { NEXT_BAR_DIRECTION_VERSION, nextBarDirectionLabel } from "./next-bar-direction.ts";
import { PIN_DRIFT_VERSION, pinDriftLabel } from "./pin-drift.ts";
import { TRIPLE_BARRIER_VERSION, tripleBarrierLabel } from "./triple-barrier.ts";

/** Integer version of each label's definition; part of a matrix's fingerprint. */
export const LABEL_VERSIONS: Readonly<Record<Label["kind"], number>> = {
  next_bar_direction: NEXT_BAR_DIRECTION_VERSION,
  forward_return: FORWARD_RETURN_VERSION,
  close_to_open: CLOSE_TO_OPEN_VERSION,
  headfake_reversal: HEADFAKE_REVERSAL_VERSION,
  pin_drift: PIN_DRIFT_VERSION,
  triple_barrier: TRIPLE_BARRIER_VERSION,
};

/** What a label needs beside the prices. */
export interface LabelTerms {
  readonly cadence: Cadence;
  /** Whether a label may span a session's close. */
  readonly crossSession: boolean;
  /** The columns that the label asked for, by role. */
  readonly known: ReadonlyMap<string, Float64Array>;
}

/** Labels of the full bar series, before any row is selected. */
export function computeLabel(series: LabelSeries, label: Label, { cadence, crossSession, known }: LabelTerms): LabelColumns {
  switch (label.kind) {
    case "forward_return":
      return forwardReturnLabel(series, { ...label, crossSession });
    case "next_bar_direction":
      return nextBarDirectionLabel(series, { entry: label.entry, band: label.band, crossSession });
    case "close_to_open":
      return closeToOpenLabel(series, label, cadence);
    case "headfake_reversal":
      return headfakeReversalLabel(series, label, column(known, "atr"));
    case "pin_drift":
      return pinDriftLabel(series, label, column(known, "peak"), column(known, "atr"));
    case "triple_barrier":
      return tripleBarrierLabel(series, label, crossSession);
  }
}

function column(known: ReadonlyMap<string, Float64Array>, role: string): Float64Array {
  const found = known.get(role);
  if (!found) throw new TypeError(`The label reads "${role}", which was not computed.`);
  return found;
}
