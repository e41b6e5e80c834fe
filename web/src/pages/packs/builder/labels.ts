import type { Label } from "#lib/matrix/label.schema.ts";

/** Labels that a new pack can begin with; what else a label can be is written in its documents. */
export const LABELS: Readonly<Record<string, Label>> = {
  forward_return: { kind: "forward_return", entry: "next_open", horizon: 5, unit: "bars", band: { kind: "none" }, task: "classify" },
  next_bar_direction: { kind: "next_bar_direction", entry: "next_open", band: { kind: "none" } },
  close_to_open: { kind: "close_to_open", entry: "decision_close", decision_time: "15:45", band: { kind: "none" } },
  triple_barrier: {
    kind: "triple_barrier",
    entry: "next_open",
    horizon: 10,
    up: 2,
    down: 2,
    sigma: { kind: "trailing", window: 100 },
    touch: "close",
    vertical: "sign",
  },
  headfake_reversal: {
    kind: "headfake_reversal",
    entry: "next_open",
    window_end: "10:30",
    move_atr: 0.25,
    reverse_atr: 0.25,
    atr_window: 14,
  },
  pin_drift: { kind: "pin_drift", entry: "next_open", drift_start: "14:00", peak: "oi", drift_atr: 0.1, atr_window: 14 },
};

/** A label to begin with, for decisions over a time horizon. */
export function startLabel(timeHorizon: string): Label {
  const horizon = ({ days: 5, weeks: 10, months: 63 } as Readonly<Record<string, number>>)[timeHorizon];
  if (horizon === undefined) return LABELS["next_bar_direction"]!;
  return { ...LABELS["forward_return"]!, horizon } as Label;
}
