import { describe, expect, it } from "vitest";
import { prior } from "#lib/learners/prior/prior.ts";
import { rowsOf } from "../training-data.ts";

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

  it("refuses to predict from another number of columns", () => {
    expect(() => prior.fit(rowsOf([[1]], [0]), {}, 1).predict([])).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
  });
});
