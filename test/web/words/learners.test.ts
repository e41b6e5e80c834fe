import { describe, expect, it } from "vitest";
import { CartParamsSchema, GbmParamsSchema, LEARNERS, LogitParamsSchema, RfParamsSchema } from "#lib/learners/learner.schema.ts";
import { ALGORITHMS, algorithmName, learnerParams } from "../../../web/src/words/learners.ts";

describe("learnerParams", () => {
  it.each([
    ["gbm", GbmParamsSchema],
    ["rf", RfParamsSchema],
    ["cart", CartParamsSchema],
    ["logit", LogitParamsSchema],
  ] as const)("has every parameter of %s, in the words of its schema", (algo, schema) => {
    const params = learnerParams(algo);
    expect(params.map(({ name }) => name).toSorted()).toEqual(Object.keys(schema.shape).toSorted());
    expect(learnerParams("gbm").find(({ name }) => name === "l1")?.hint).toBe("Taken off the size of a leaf's gradient sum");
  });

  it("has none for base rates and imported models", () => {
    expect(learnerParams("prior")).toEqual([]);
    expect(learnerParams("lightgbm")).toEqual([]);
  });
});

describe("ALGORITHMS", () => {
  it("are those that can be fitted here", () => {
    expect(ALGORITHMS.map(({ value }) => value)).toEqual([...LEARNERS]);
    expect(algorithmName("lightgbm")).toBe("Imported model");
  });
});
