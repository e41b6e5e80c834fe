import { describe, expect, it } from "vitest";
import { signalText } from "../../cli/signal-text.ts";
import { signalWith } from "../lib/signals/signal.fixture.ts";

describe("signalText", () => {
  it("shows what each feature added, from the base value to the margin", () => {
    const shown = signalText(signalWith(), "UNPROVEN");
    expect(shown).toContain("BUY SIMEDGE");
    expect(shown).toContain("98.00 shares, limit 101.60, reference 101.50");
    const table = shown.slice(shown.indexOf("What moved"));
    expect(table).toBe(
      [
        "What moved the model to UP, exactly (Shapley values; they add up):",
        "Feature                 Value  For UP (log-odds)",
        "--------------------  -------  -----------------",
        "(before any feature)                     +0.0500",
        "rsi_14                   28.5            +0.5000",
        "natr_14               unknown            -0.1000",
        "(3 other features)                       -0.0500",
        "(margin)                                 +0.4000",
        "Before calibration that is a probability of 0.5987 for UP against the other side.",
      ].join("\n"),
    );
  });

  it("shows the parts of a predicted return, however small, and no probability of it", () => {
    const { explanation } = signalWith();
    const value = { ...explanation!, margin_of: "value" as const, probability: null, base_value: 0.0001234 };
    const shown = signalText(signalWith({}, {}, { explanation: value, unexplained: null }), "");
    expect(shown).toContain("For UP (predicted value)");
    expect(shown).toContain("+1.234e-4");
    expect(shown).not.toContain("Before calibration");
  });

  it("says why it cannot say what moved the model, and orders nothing on a HOLD", () => {
    const hold = signalText(signalWith({ side: 0 }, {}, { explanation: null, unexplained: "no_skill" }), "");
    expect(hold).toContain("What moved the model: n/a. Calibration found no skill");
    expect(hold).toMatch(/Order +none/);
    expect(signalText(signalWith({}, {}, { explanation: null, unexplained: null }), "")).toContain("before there were explanations");
  });
});
