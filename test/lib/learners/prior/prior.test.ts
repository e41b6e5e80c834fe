import { describe, expect, it } from "vitest";
import { decodeModel } from "#lib/learners/decode-model.ts";
import { prior } from "#lib/learners/prior/prior.ts";
import { rowsOf, valuesOf } from "../training-data.ts";

describe("prior", () => {
  it("predicts the weighted base rates, whatever the features", () => {
    const model = prior.fit(rowsOf([[1, 2, 3]], [0, 1, 1], [2, 1, 1]), {}, 1);
    expect(model.predict([Float64Array.of(-9, Number.NaN)])).toEqual([Float64Array.of(0.5, 0.5), Float64Array.of(0.5, 0.5)]);
    expect(model.degenerate).toBeNull();
    expect(model.importance()).toEqual([]);
  });

  it("says when the rows hold one class", () => {
    const model = prior.fit(rowsOf([[1, 2]], [0, 0], undefined, [-1, 0, 1]), {}, 1);
    expect(model.degenerate).toBe("single_class");
    expect(model.predict([Float64Array.of(1)]).map((column) => column[0])).toEqual([1, 0, 0]);
  });

  it("predicts the weighted mean of a number", () => {
    const model = prior.fit(valuesOf([[1, 2, 3]], [0.1, 0.2, 0.4], [2, 1, 1]), {}, 1);
    expect([model.task, model.degenerate, model.predict([Float64Array.of(7)])]).toEqual(["regress", null, [Float64Array.of(0.2)]]);
    expect(decodeModel(model.encode()).predict([Float64Array.of(7)])).toEqual([Float64Array.of(0.2)]);
    expect(prior.fit(valuesOf([[1, 2]], [0.3, 0.3]), {}, 1).degenerate).toBe("constant_target");
  });

  it("refuses to predict from another number of columns", () => {
    expect(() => prior.fit(rowsOf([[1]], [0]), {}, 1).predict([])).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
  });
});
