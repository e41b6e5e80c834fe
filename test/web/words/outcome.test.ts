import { describe, expect, it } from "vitest";
import { nextStepOf, outcomeOf } from "../../../web/src/words/outcome.ts";

const matrix = { matrix_sha: "ab", rows: 10 };
const sweep = { sweep_id: "swp_1", pass: 0, marginal: 0, marginal_sig: 0, fail: 3, best_rows: ["row_1"] };
const trained = [{ trained_model_id: "tm_1", proven: true }];
const stepOf = (outputs: unknown) => nextStepOf(outcomeOf(outputs));

describe("outcomeOf", () => {
  it("reads a pipeline's evaluation under the name that it has there", () => {
    expect(outcomeOf({ matrix, result: sweep })).toMatchObject({ matrix, sweep, backtest: undefined, trained: [] });
    expect(outcomeOf({ result: { gate: { status: "PASS", reasons: [] }, best_rows: [] } }).backtest?.gate.status).toBe("PASS");
  });

  it("finds nothing in what is no run's output", () => {
    for (const outputs of [null, 3, [], "x", { matrix: 1, sweep: [], trained: {} }]) expect(outcomeOf(outputs)).toEqual({ trained: [] });
  });

  it("reads what a calibration recommends, which leads to nothing by itself", () => {
    const calibration = { kind: "thresholds", inner_folds: 3, threshold: 0.1 };
    expect(outcomeOf({ calibration }).calibration).toEqual(calibration);
    expect(stepOf({ calibration })).toBeUndefined();
  });

  it("counts the models that were due for a signal", () => {
    expect(outcomeOf({ plan: { due: [{}, {}] } }).due).toBe(2);
  });
});

describe("nextStepOf", () => {
  it("leads from the matrix to a published model", () => {
    expect(stepOf({ matrix })).toEqual({ kind: "evaluate" });
    expect(stepOf({ matrix, result: { ...sweep, pass: 1 } })).toEqual({ kind: "train", rowId: "row_1", sweepId: "swp_1" });
    expect(stepOf({ matrix, result: { ...sweep, pass: 1 }, trained })).toEqual({ kind: "publish", trainedModelId: "tm_1", proven: true });
    expect(stepOf({ published: { trained_model_id: "tm_1", status: "published" } })).toEqual({ kind: "watch", trainedModelId: "tm_1" });
  });

  it("never offers to train as usual what the gate did not pass", () => {
    expect(stepOf({ sweep })).toEqual({ kind: "research", rowId: "row_1", sweepId: "swp_1" });
    expect(stepOf({ sweep: { ...sweep, marginal_sig: 2 } })).toEqual({ kind: "override", sweepId: "swp_1", status: "MARGINAL_SIG" });
    expect(stepOf({ sweep: { ...sweep, marginal: 1, marginal_sig: 2 } })).toMatchObject({ kind: "override", status: "MARGINAL" });
    expect(stepOf({ backtest: { gate: { status: "FAIL", reasons: [] }, best_rows: [] } })).toMatchObject({ kind: "research" });
  });

  it("leads nowhere after a pause", () => {
    expect(stepOf({ published: { trained_model_id: "tm_1", status: "paused" } })).toBeUndefined();
    expect(stepOf(null)).toBeUndefined();
  });
});
