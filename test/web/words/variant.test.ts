import { describe, expect, it } from "vitest";
import { VariantParamsSchema } from "#lib/sweeps/variant.schema.ts";
import { variantInWords } from "../../../web/src/words/variant.ts";

const none = Object.fromEntries(Object.keys(VariantParamsSchema.shape).map((key) => [key, null]));

describe("variantInWords", () => {
  it("says what sets a variant apart", () => {
    expect(variantInWords({ ...none, threshold_mode: "edge", threshold: 0.05, top_pct: 1, hold_bars: 10 })).toBe("edge ≥ 0.05, hold 10");
    expect(
      variantInWords({ ...none, threshold_mode: "probability", threshold: 0.6, stop_loss: 0.01, take_profit: 2.5, top_pct: 0.1 }),
    ).toBe("P ≥ 0.6, top 10%, stop 1%, target 2.5× stop");
    expect(variantInWords({ ...none, threshold_mode: "edge", hours: [10, 11], option_type: "both", dte_target: 7 })).toBe(
      "hours 10 11, calls and puts, 7 DTE",
    );
  });

  it("says so when nothing does", () => {
    expect(variantInWords({ ...none, threshold_mode: "edge" })).toBe("as the model says");
  });

  it("has words for every parameter that a variant can have", () => {
    const values: Record<string, unknown> = {
      threshold_mode: "edge",
      threshold: 0.1,
      hour_thresholds: { "10": 0.1 },
      top_pct: 0.5,
      hours: [10],
      hold_bars: 3,
      stop_loss: 0.01,
      take_profit: 0.02,
      time_stop_bars: 4,
      momentum_min: 0.2,
      slippage: "pessimistic",
      position_size: 0.5,
      max_positions: 2,
      entry_type: "limit",
      filters: [{ column: "rsi", op: ">", value: 50 }],
      option_type: "call",
      strike_selection: "atm",
      dte_target: 7,
      contract_size: 2,
    };
    // How a model was put together is said by its composition, not by its execution.
    const own = Object.keys(VariantParamsSchema.shape).filter(
      (key) => key !== "composition" && key !== "group" && key !== "threshold_mode",
    );
    for (const key of own)
      expect(variantInWords({ ...none, threshold_mode: "edge", [key]: values[key] }), key).not.toBe("as the model says");
  });
});
