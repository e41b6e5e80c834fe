import { describe, expect, it } from "vitest";
import { evaluationBody } from "../../cli/evaluation-args.ts";

describe("evaluationBody", () => {
  it("says only what was said", () => {
    expect(evaluationBody({})).toEqual({});
    expect(evaluationBody({ thresholds: "0.55, 0.6", hours: "13,14", splits: "5", embargo: "0.01", "top-pct": "0.2" })).toEqual({
      thresholds: [0.55, 0.6],
      allowed_hours: [13, 14],
      splits: 5,
      embargo: 0.01,
      top_pct: 0.2,
    });
  });

  it("turns the momentum gate on, and refuses a limit of a gate that is off", () => {
    expect(evaluationBody({ gated: true, "momentum-min": "0.1", "momentum-column": "ret_5" })).toEqual({
      momentum_gate: true,
      momentum_min: 0.1,
      momentum_column: "ret_5",
    });
    expect(() => evaluationBody({ "momentum-min": "0.1" })).toThrow("--momentum-min goes with --gated");
  });

  it("refuses what it cannot read, naming the option", () => {
    expect(() => evaluationBody({ thresholds: "0.5,x" })).toThrow('--thresholds takes a number; found "x"');
    expect(() => evaluationBody({ calibration: "platt" })).toThrow("--calibration is one of none, sigmoid, isotonic");
    expect(() => evaluationBody({ embargo: "0.1", "embargo-bars": "3" })).toThrow("say the same in two ways");
  });
});
