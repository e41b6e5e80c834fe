import type { IndicatorEntry } from "../../indicators/resolve.ts";
import type { Label } from "../label.schema.ts";

/** The indicators whose columns a label reads as known at the decision, by their role. */
export function labelIndicators(label: Label): Readonly<Record<string, IndicatorEntry>> {
  if (label.kind === "headfake_reversal") return { atr: { name: "daily_atr", window: label.atr_window } };
  if (label.kind === "pin_drift")
    return {
      atr: { name: "daily_atr", window: label.atr_window },
      peak: { name: label.peak === "oi" ? "oi_peak_strike" : "gamma_peak_strike" },
    };
  return {};
}
