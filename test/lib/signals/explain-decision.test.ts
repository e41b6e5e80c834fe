import { describe, expect, it } from "vitest";
import { type DecisionFacts, decisionReasons } from "#lib/signals/explain-decision.ts";

const stale = { code: "stale_data", text: "Old.", value: 1, limit: 0 };
const cooldown = { code: "cooldown", text: "Wait.", value: 3, limit: 5 };
const facts = (change: Partial<DecisionFacts> = {}, thresholds: Partial<DecisionFacts["thresholds"]> = {}): DecisionFacts => ({
  asked: true,
  leaning: 1,
  role: "opens",
  entry: "next_open",
  thresholds: { mode: "edge", threshold: 0.1, top_pct: 0.15, top_cut: 0.2, side_value: 0.25, ...thresholds },
  probabilities: { up: 0.62, down: 0.38, flat: null, base_up: 0.57, base_down: 0.43 },
  health: [],
  filterAllows: true,
  refusals: [],
  end: "after 5 bars",
  holdBars: 5,
  ...change,
});
const first = (...of: Parameters<typeof facts>) => decisionReasons(facts(...of))[0]!;

describe("decisionReasons", () => {
  it("says all that let a decision through, the prediction last", () => {
    expect(decisionReasons(facts()).map(({ text }) => text)).toEqual([
      "The edge of 0.2500 meets the threshold of 0.1.",
      "It is among the top 15 % of confidences (from 0.2000).",
      "The trade ends after 5 bars at the latest.",
      "P(UP) is 0.6200 against a training base rate of 0.5700.",
    ]);
  });

  it.each([
    ["stale_data", { health: [stale], leaning: 0 }, {}],
    ["no_side", { leaning: 0, role: "none" }, {}],
    ["side_not_allowed", { leaning: -1, role: "none" }, { side_value: -0.3 }],
    ["below_threshold", {}, { threshold: 0.3 }],
    ["below_threshold", {}, { side_value: null }],
    ["below_top_share", {}, { top_cut: 0.26 }],
    ["below_top_share", {}, { top_cut: null }],
    ["filtered", { filterAllows: false, refusals: [cooldown] }, {}],
    ["cooldown", { refusals: [cooldown] }, {}],
  ] as const)("names %s as what held it back, and the prediction", (code, change, thresholds) => {
    const reasons = decisionReasons(facts(change, thresholds));
    expect(reasons.map((reason) => reason.code)).toEqual([code, "prediction"]);
  });

  it("asks no top share of a model that takes all", () => {
    expect(decisionReasons(facts({}, { top_pct: 1, top_cut: null })).map(({ code }) => code)).toEqual([
      "threshold_met",
      "hold",
      "prediction",
    ]);
  });

  it("names the side that the model leans to, with its own base rate", () => {
    const [held, prediction] = decisionReasons(facts({ leaning: -1, role: "none" }));
    expect(held!.text).toContain("leans to DOWN, which is not a side that it trades");
    expect(prediction).toMatchObject({ text: "P(DOWN) is 0.3800 against a training base rate of 0.4300.", value: 0.38, limit: 0.43 });
  });

  it("says too few rather than a number when the cut is unknown", () => {
    expect(first({}, { top_cut: null }).text).toBe("Too few confidences are known to say what the top 15 % is.");
  });

  it("says that the signal of the other side means close, and what let it through", () => {
    const closing = facts({ leaning: -1, role: "closes" });
    expect(decisionReasons(closing).map(({ code, text }) => [code, text])).toEqual([
      [
        "closes_position",
        "SELL means close here: the model only buys. End at the next open what an earlier BUY of it still holds, and open nothing; without an open position there is nothing to do.",
      ],
      ["threshold_met", "The edge of 0.2500 meets the threshold of 0.1."],
      ["in_top_share", "It is among the top 15 % of confidences (from 0.2000)."],
      ["prediction", "P(DOWN) is 0.3800 against a training base rate of 0.4300."],
    ]);
    expect(first({ leaning: 1, role: "closes", entry: "decision_close" }).text).toContain(
      "BUY means close here: the model only sells. End at the close what an earlier SELL of it still holds",
    );
  });

  it("says what kept the other side's signal from closing", () => {
    const codes = (...of: Parameters<typeof facts>) => decisionReasons(facts(...of)).map(({ code }) => code);
    const closing = { leaning: -1, role: "closes" } as const;
    expect(codes(closing, { threshold: 0.3 })).toEqual(["side_not_allowed", "below_threshold", "prediction"]);
    expect(codes(closing, { top_cut: 0.3 })).toEqual(["side_not_allowed", "below_top_share", "prediction"]);
    expect(codes({ ...closing, filterAllows: false })).toEqual(["side_not_allowed", "filtered", "prediction"]);
    expect(codes({ ...closing, health: [stale] })).toEqual(["stale_data", "prediction"]);
  });
});
