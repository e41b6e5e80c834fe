import { describe, expect, it } from "vitest";
import { LabelSchema } from "#lib/matrix/label.schema.ts";
import { labelInWords } from "../../../web/src/words/label.ts";

describe("labelInWords", () => {
  const says = (label: object): string => labelInWords(LabelSchema.parse(label));

  it("says what is forecast, from which price, and what counts as flat", () => {
    expect(says({ kind: "forward_return", horizon: 5 })).toBe(
      "Which way the price goes over the next 5 bars, bought or sold at the next bar's open.",
    );
    expect(says({ kind: "forward_return", horizon: 1, unit: "sessions", task: "regress", entry: "decision_close" })).toBe(
      "How much the price moves over the next 1 session, bought or sold at the close of the bar that decides.",
    );
    expect(says({ kind: "next_bar_direction", band: { kind: "fixed_bps", bps: 5 } })).toContain("Moves within 5 bps count as flat.");
    expect(says({ kind: "next_bar_direction", band: { kind: "trailing_sigma", k: 0.3, window: 140 } })).toContain("0.3 times");
  });

  it("has words for every kind", () => {
    for (const label of [
      { kind: "close_to_open" },
      { kind: "headfake_reversal" },
      { kind: "pin_drift", peak: "gamma" },
      { kind: "triple_barrier", horizon: 10, up: 2, down: 1 },
    ])
      expect(says(label)).toMatch(/^W.{20,}\.$/);
  });
});
