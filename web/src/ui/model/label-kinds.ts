import type { Label } from "#lib/matrix/label.schema.ts";

/** A label of another kind, with what the kind asks for; the schema fills in the rest. */
export function labelOfKind(kind: Label["kind"], before: Label): Label {
  const entry = before.entry;
  const band = "band" in before ? before.band : ({ kind: "none" } as const);
  const horizon = "horizon" in before ? before.horizon : 5;
  switch (kind) {
    case "next_bar_direction":
      return { kind, entry, band };
    case "forward_return":
      return { kind, entry, horizon, unit: "bars", band, task: "classify" };
    case "close_to_open":
      return { kind, entry: "decision_close", decision_time: "15:45", band };
    case "headfake_reversal":
      return { kind, entry, window_end: "10:30", move_atr: 0.25, reverse_atr: 0.25, atr_window: 14 };
    case "pin_drift":
      return { kind, entry, drift_start: "14:00", peak: "oi", drift_atr: 0.1, atr_window: 14 };
    case "triple_barrier":
      return { kind, entry, horizon, up: 1, down: 1, sigma: { kind: "trailing", window: 100 }, touch: "close", vertical: "sign" };
  }
}
