import { DecisionTreeClassifier, DecisionTreeRegression } from "ml-cart";
import { describe, expect, it } from "vitest";
import { cart } from "#lib/learners/cart/cart.ts";
import { knownColumns, trainingMedians } from "#lib/learners/cart/medians.ts";
import { type ResolvedCartParams, resolveCartParams } from "#lib/learners/cart/params.ts";
import { decodeModel } from "#lib/learners/decode-model.ts";
import { readModelFile } from "#lib/learners/model-file.ts";
import { nonLinearRows, nonLinearValues, rowsOf } from "../training-data.ts";

const PARAMS: ResolvedCartParams = { max_depth: 4, min_rows: 8, min_gain: 0.001, max_rows: 2000 };
const tableOf = (columns: readonly Float64Array[]) => Array.from(columns[0]!, (_, row) => columns.map((column) => column[row]!));

describe("trainingMedians", () => {
  it("takes known values only", () => {
    const nan = Number.NaN;
    expect(trainingMedians([Float64Array.of(3, nan, 1, 2), Float64Array.of(1, 2, nan, nan), Float64Array.of(nan, nan, nan, nan)])).toEqual(
      Float64Array.of(2, 1.5, 0),
    );
  });

  it("stays finite beside infinities", () => {
    const column = Float64Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN);
    expect(trainingMedians([column])).toEqual(Float64Array.of(0));
    expect(knownColumns([column], Float64Array.of(7))).toEqual([Float64Array.of(1e300, -1e300, 7)]);
  });
});

describe("cart", () => {
  it("grows the tree of the package: the same leaf for every row, of classes and of a number", () => {
    const options = { minNumSamples: 8, maxDepth: 4, gainThreshold: 0.001 };
    const classes = { ...nonLinearRows(3, 150), weight: new Float64Array(150).fill(1) };
    const columns = knownColumns(classes.features, trainingMedians(classes.features));
    const classifier = new DecisionTreeClassifier(options);
    classifier.train(tableOf(columns), Array.from(classes.target));
    const predicted = cart.fit(classes, PARAMS, 1).predict(classes.features);
    // The package names the likelier class; at equal shares the first.
    expect(predicted[1]!.map((p) => (p > 0.5 ? 1 : 0))).toEqual(Float64Array.from(classifier.predict(tableOf(columns))));

    const values = { ...nonLinearValues(3, 150), weight: new Float64Array(150).fill(1) };
    const regression = new DecisionTreeRegression({ ...options, gainThreshold: 0 });
    regression.train(tableOf(columns), Array.from(values.target));
    const expected = regression.predict(tableOf(columns));
    cart
      .fit(values, PARAMS, 1)
      .predict(values.features)[0]!
      .forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 12);
      });
  });

  it("weighs rows in its leaves", () => {
    const rows = rowsOf([[1, 1, 1, 1, 2, 2, 2, 2]], [0, 0, 0, 1, 1, 1, 1, 0], [1, 1, 1, 3, 1, 1, 1, 1]);
    const [left, right] = cart.fit(rows, { ...PARAMS, min_rows: 4 }, 1).predict([Float64Array.of(1, 2)])[1]!;
    expect([left, right]).toEqual([0.5, 0.75]);
  });

  it("puts the training median in the place of unknown values, also when it predicts", () => {
    const nan = Number.NaN;
    const rows = rowsOf([[1, 2, 3, 10, 11, nan]], [0, 0, 0, 1, 1, 0]);
    const model = cart.fit(rows, { ...PARAMS, min_rows: 2 }, 1);
    expect(readModelFile(model.encode()).header["medians"]).toEqual([3]);
    const [unknown, three, ten] = model.predict([Float64Array.of(nan, 3, 10)])[1]!;
    expect([unknown, three, ten]).toEqual([0, 0, 1]);
  });

  it("grows on a seeded sample of many rows, and says so", () => {
    const rows = nonLinearRows(5, 260);
    const model = cart.fit(rows, { ...PARAMS, max_rows: 100 }, 1);
    expect(model.notes).toEqual(["rows_subsampled"]);
    expect(readModelFile(model.encode()).header["training"]).toMatchObject({ rows: 260, grown_on: 100 });
    expect(cart.fit(rows, { ...PARAMS, max_rows: 100 }, 1).encode()).toEqual(model.encode());
    expect(cart.fit(rows, { ...PARAMS, max_rows: 100 }, 2).predict(rows.features)).not.toEqual(model.predict(rows.features));
    expect(cart.fit(nonLinearRows(5, 100), { ...PARAMS, max_rows: 100 }, 1).notes).toEqual([]);
  });

  it("predicts the sample's share when the sample holds one class", () => {
    const rows = rowsOf([Array.from({ length: 40 }, (_, i) => i)], [1, ...Array<number>(39).fill(0)]);
    const seeds = Array.from({ length: 12 }, (_, seed) => cart.fit(rows, { ...PARAMS, max_rows: 10 }, seed));
    const without = seeds.find((model) => model.predict(rows.features)[1]!.every((p) => p === 0))!;
    expect([without.degenerate, without.notes]).toEqual([null, ["rows_subsampled"]]);
  });

  it("is read from its file without the package's own form", () => {
    const rows = nonLinearRows(7, 200, 3);
    const model = cart.fit(rows, resolveCartParams({ min_rows: 20 }, "daily"), 1);
    const decoded = decodeModel(model.encode());
    expect([decoded.algo, decoded.encode()]).toEqual(["cart", model.encode()]);
    expect(decoded.predict(rows.features)).toEqual(model.predict(rows.features));
    expect(model.importance()[0]!.gain).toBeGreaterThan(0);
  });
});
