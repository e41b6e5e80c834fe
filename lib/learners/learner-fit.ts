import type { LearningTask } from "./define-learner.ts";
import type { LearnerConfig } from "./learner.schema.ts";

/** What a learner has against the label that it is to learn: which of its settings, why, and what to do. */
export interface LearnerObjection {
  readonly setting: string;
  readonly reason: string;
  readonly remedy: string;
}

/** Settings that do not go with what the label asks; empty = the learner can learn it. */
export function learnerObjections(learner: LearnerConfig, task: LearningTask, classes: readonly number[]): LearnerObjection[] {
  const found: LearnerObjection[] = [];
  if (task === "regress" && learner.calibration === "none" && learner.algo !== "prior")
    found.push({
      setting: "calibration",
      reason: "The label is a number, and its prediction becomes a probability by calibration only.",
      remedy: "Set calibration to sigmoid or isotonic.",
    });
  const weights = "class_weights" in learner.params ? (learner.params.class_weights ?? "none") : "none";
  if (weights === "none") return found;
  if (task === "regress")
    found.push({
      setting: "params.class_weights",
      reason: "The label is a number and has no classes to weigh.",
      remedy: "Set class_weights to none, or the label's task to classify.",
    });
  else if (weights !== "balanced") {
    const odd = Object.keys(weights).filter((label) => !classes.includes(Number(label)));
    if (odd.length > 0)
      found.push({
        setting: "params.class_weights",
        reason: `The label has no class ${odd.join(", ")}.`,
        remedy: `Name some of ${classes.join(", ")}.`,
      });
  }
  return found;
}
