import { describe, expect, it } from "vitest";
import { changesBetween } from "../../cli/verify-inputs.ts";

describe("changesBetween", () => {
  const recorded = { config: { learner: { algo: "gbm", params: { trees: 20 } }, tags: ["a"] }, limits: { min_bets: 30 } };

  it("names the field that is another, with both values", () => {
    const repeated = { ...recorded, config: { ...recorded.config, learner: { algo: "gbm", params: { trees: 21 } } } };
    expect(changesBetween(recorded, repeated)).toEqual([{ what: "config.learner.params.trees", recorded: "20", repeated: "21" }]);
  });

  it("names what came and what went", () => {
    expect(changesBetween({ a: { b: 1 }, c: [1, 2] }, { a: {}, c: [1] })).toEqual([
      { what: "a.b", recorded: "1", repeated: null },
      { what: "c.1", recorded: "2", repeated: null },
    ]);
    expect(changesBetween({ a: null }, { a: { b: "x" } })).toEqual([{ what: "a", recorded: null, repeated: '{"b":"x"}' }]);
  });

  it("has nothing to say of equal documents, whatever the order of their keys", () => {
    expect(changesBetween(recorded, { limits: recorded.limits, config: { tags: ["a"], learner: recorded.config.learner } })).toEqual([]);
  });
});
