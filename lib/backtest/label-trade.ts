import type { Cadence } from "../core/bars.ts";
import type { Label, TripleBarrierLabel } from "../matrix/label.schema.ts";

/**
 * Where a trade that nothing shortens begins and ends: as the label's return does.
 *
 * `bars`: from the label's entry to the close a number of bars after the decision. `session_close`: to the close of the session that
 * lies a number of sessions after the decision's. `overnight`: from the close of the decision's session to the next session's open.
 */
export type LabelTrade =
  | { readonly kind: "bars" }
  | { readonly kind: "session_close"; readonly sessions: number }
  | { readonly kind: "overnight" };

/** The trade that a label's return is of. */
export function tradeOf(label: Label, cadence: Cadence): LabelTrade {
  switch (label.kind) {
    case "close_to_open":
      return { kind: "overnight" };
    case "headfake_reversal":
    case "pin_drift":
      return { kind: "session_close", sessions: 0 };
    case "forward_return":
      if (label.unit === "sessions" && cadence !== "daily") return { kind: "session_close", sessions: label.horizon };
  }
  return { kind: "bars" };
}

/** Barriers of a label, as multiples of its unit at the decision: a trade ends where the label does. */
export type Barriers = Pick<TripleBarrierLabel, "up" | "down" | "touch">;

/** The barriers of a label that has some. */
export const barriersOf = (label: Label): Barriers | null =>
  label.kind === "triple_barrier" ? { up: label.up, down: label.down, touch: label.touch } : null;
