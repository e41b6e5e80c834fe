import { describe, expect, it } from "vitest";
import { decodeModel, learnerOf } from "#lib/learners/catalog.ts";
import { LearnerSchema } from "#lib/learners/learner.schema.ts";
import { nonLinearRows } from "./training-data.ts";

describe("learnerOf", () => {
  it("resolves the alias xgb and the cadence's defaults", () => {
    const learner = learnerOf(LearnerSchema.parse({ algo: "xgb", params: { trees: 5 } }), "daily");
    expect([learner.algo, learner.version]).toEqual(["gbm", 2]);
    expect(learner.resolvedParams).toMatchObject({ trees: 5, max_depth: 3, min_child_rows: 20, l2: 5 });
  });

  it("fits a model that decodeModel reads, for every learner", () => {
    const rows = nonLinearRows(2, 200);
    for (const algo of ["gbm", "prior"]) {
      const model = learnerOf(LearnerSchema.parse({ algo }), "daily").fit(rows, 7);
      expect(model.algo).toBe(algo);
      expect(decodeModel(model.encode()).predict(rows.features)).toEqual(model.predict(rows.features));
    }
  });
});
