import { describe, expect, it } from "vitest";
import { LearnerSchema } from "#lib/learners/learner.schema.ts";
import { learnerObjections } from "#lib/learners/learner-fit.ts";

const settings = (learner: object, classes: readonly number[]) =>
  learnerObjections(LearnerSchema.parse(learner), classes.length === 0 ? "regress" : "classify", classes).map(({ setting }) => setting);

describe("learnerObjections", () => {
  it.each([
    [{ algo: "gbm" }, []],
    [{ algo: "prior" }, []],
    [{ algo: "gbm", calibration: "isotonic" }, []],
    [{ algo: "gbm", calibration: "none", params: { class_weights: "balanced" } }, [-1, 1]],
    [{ algo: "gbm", params: { class_weights: { "-1": 2, "0": 1 } } }, [-1, 0, 1]],
  ])("has none to %j on classes %j", (learner, classes) => {
    expect(settings(learner, classes)).toEqual([]);
  });

  it.each([
    [{ algo: "gbm", calibration: "none" }, [], ["calibration"]],
    [{ algo: "gbm", params: { class_weights: "balanced" } }, [], ["params.class_weights"]],
    [{ algo: "gbm", params: { class_weights: { "0": 2 } } }, [-1, 1], ["params.class_weights"]],
  ])("objects to %j on classes %j", (learner, classes, expected) => {
    expect(settings(learner, classes)).toEqual(expected);
  });
});
