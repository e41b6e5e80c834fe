import type { Label } from "../label.schema.ts";
import { FORWARD_RETURN_VERSION, forwardReturnLabel } from "./forward-return.ts";
import type { LabelColumns, LabelSeries } from "./label-series.ts";
import { NEXT_BAR_DIRECTION_VERSION, nextBarDirectionLabel } from "./next-bar-direction.ts";

/** Integer version of each label's definition; part of a matrix's fingerprint. */
export const LABEL_VERSIONS: Readonly<Record<Label["kind"], number>> = {
  forward_return: FORWARD_RETURN_VERSION,
  next_bar_direction: NEXT_BAR_DIRECTION_VERSION,
};

/** Labels of the full bar series, before any row is selected. */
export function computeLabel(series: LabelSeries, label: Label, crossSession: boolean): LabelColumns {
  switch (label.kind) {
    case "forward_return":
      return forwardReturnLabel(series, { entry: label.entry, horizon: label.horizon, band: label.band, crossSession });
    case "next_bar_direction":
      return nextBarDirectionLabel(series, { entry: label.entry, band: label.band, crossSession });
  }
}
