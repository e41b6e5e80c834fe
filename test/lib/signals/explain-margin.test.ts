import { describe, expect, it } from "vitest";
import { explainMargin } from "#lib/signals/explain-margin.ts";

const margin = (base: number, ...phi: number[]) => ({
  scale: "log_odds" as const,
  base,
  contributions: phi.map((value) => Float64Array.of(0, value)),
});

describe("explainMargin", () => {
  it("names the largest contributions first, for the side that is asked for", () => {
    const explained = explainMargin(margin(0.1, 0.2, -0.5, 0), {
      features: ["a", "b", "c"],
      values: [1.5, Number.NaN, 3],
      row: 1,
      side: -1,
    });
    expect(explained).toEqual({
      side: "DOWN",
      margin_of: "log_odds",
      base_value: -0.1,
      // -(0.1 + 0.2 - 0.5)
      margin: expect.closeTo(0.2, 14),
      probability: expect.closeTo(0.549833997312478, 14),
      contributions: [
        { feature: "b", value: null, contribution: 0.5 },
        { feature: "a", value: 1.5, contribution: -0.2 },
      ],
      rest: { features: 1, contribution: 0 },
    });
  });

  it("adds up what it does not name", () => {
    const phi = Array.from({ length: 14 }, (_, i) => (i % 2 === 0 ? 1 : -1) * (i + 1));
    const explained = explainMargin(
      { ...margin(0, ...phi), scale: "value" },
      {
        features: phi.map((_, i) => `f${i}`),
        values: phi.map(() => 0),
        row: 1,
        side: 1,
      },
    );
    expect(explained.contributions.map(({ feature }) => feature)).toEqual(["f13", "f12", "f11", "f10", "f9", "f8", "f7", "f6", "f5", "f4"]);
    // 1 - 2 + 3 - 4 are left.
    expect(explained.rest).toEqual({ features: 4, contribution: -2 });
    // Of a regression: -7 in the target's unit is no log-odds of anything.
    expect([explained.margin, explained.probability]).toEqual([-7, null]);
  });

  it("of a model that moved nothing is its base value", () => {
    const still = { features: ["a", "b"], values: [1, 2], row: 1, side: 1 } as const;
    expect(explainMargin(margin(-0.3, 0, 0), still)).toMatchObject({
      margin: -0.3,
      contributions: [],
      rest: { features: 2, contribution: 0 },
    });
  });
});
