import { describe, expect, it } from "vitest";
import { learnerOf } from "#lib/learners/catalog.ts";
import { LearnerSchema } from "#lib/learners/learner.schema.ts";

describe("learnerOf", () => {
  it("resolves the alias xgb and the cadence's defaults", () => {
    const learner = learnerOf(LearnerSchema.parse({ algo: "xgb", params: { trees: 5 } }), "daily");
    expect([learner.algo, learner.version]).toEqual(["gbm", 2]);
    expect(learner.resolvedParams).toMatchObject({ trees: 5, max_depth: 3, min_child_rows: 20, l2: 5 });
  });
});
