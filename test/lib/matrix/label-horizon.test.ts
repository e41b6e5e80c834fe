import { describe, expect, it } from "vitest";
import { LabelSchema, labelHorizonBars } from "#lib/matrix/label.schema.ts";

describe("labelHorizonBars", () => {
  it.each([
    [{ kind: "next_bar_direction" }, "hourly", 1],
    [{ kind: "forward_return", horizon: 5 }, "hourly", 5],
    // From the first bar of a session to the last one of the second session after it.
    [{ kind: "forward_return", horizon: 2, unit: "sessions" }, "hourly", 20],
    [{ kind: "forward_return", horizon: 2, unit: "sessions" }, "daily", 2],
    [{ kind: "triple_barrier", horizon: 8, up: 1, down: 1 }, "daily", 8],
    // From 11:00 to 16:00.
    [{ kind: "headfake_reversal", window_end: "11:00" }, "hourly", 5],
    [{ kind: "pin_drift", drift_start: "14:00" }, "15m", 8],
    // The bar from 15:45 to the close, and the one that opens the next session.
    [{ kind: "close_to_open" }, "15m", 2],
    [{ kind: "close_to_open" }, "5m", 4],
    // The last hourly bar that ends by 15:45 ends at 15:00.
    [{ kind: "close_to_open" }, "hourly", 2],
    [{ kind: "close_to_open" }, "daily", 1],
  ] as const)("%j at %s looks %i bars ahead", (label, cadence, bars) => {
    expect(labelHorizonBars(LabelSchema.parse(label), cadence)).toBe(bars);
  });
});
