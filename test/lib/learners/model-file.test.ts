import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import { decodeModel } from "#lib/learners/decode-model.ts";
import { gbm } from "#lib/learners/gbm/gbm.ts";
import { resolveGbmParams } from "#lib/learners/gbm/params.ts";
import { type ModelArray, type ModelFile, readModelFile, writeModelFile } from "#lib/learners/model-file.ts";
import { prior } from "#lib/learners/prior/prior.ts";
import { nonLinearRows, rowsOf, STUMP } from "./training-data.ts";

const corrupt = expect.objectContaining({ code: "ARTIFACT_CORRUPT" });
const rows = nonLinearRows(1, 300, 3);
const model = gbm.fit(rows, resolveGbmParams({ trees: 8 }, "5m"), 4);
const stump = readModelFile(gbm.fit(rowsOf([[1, 2, 3, 4]], [0, 0, 1, 1]), STUMP, 1).encode());

describe("readModelFile", () => {
  it("reads what writeModelFile wrote, whatever the names, types and lengths", () => {
    const array = fc.oneof(
      fc.uint8Array(),
      fc.uint32Array(),
      fc.int32Array(),
      fc.float64Array().filter((values) => !values.some(Number.isNaN)),
    );
    const names = fc.string({ minLength: 1 }).filter((name) => name !== "__proto__");
    fc.assert(
      fc.property(fc.dictionary(names, array), fc.string(), (arrays, text) => {
        const bytes = writeModelFile({ header: { algo: text }, arrays: arrays as Record<string, ModelArray> });
        const file = readModelFile(bytes);
        expect(file.header).toEqual({ algo: text });
        expect(file.arrays).toEqual({ ...arrays });
        expect(writeModelFile(file)).toEqual(bytes);
      }),
    );
  });

  it("has the layout that docs/model-file.md states", () => {
    const bytes = writeModelFile({ header: { algo: "x" }, arrays: { b: Float64Array.of(1), a: Uint8Array.of(7) } });
    const header = '{"algo":"x","arrays":[{"length":1,"name":"a","type":"u8"},{"length":1,"name":"b","type":"f64"}]}';
    const view = new DataView(bytes.buffer);
    expect(new TextDecoder().decode(bytes.subarray(0, 8))).toBe("SIGMAMDL");
    expect([view.getUint32(8, true), view.getUint32(12, true), view.getBigUint64(16, true)]).toEqual([
      1,
      header.length,
      BigInt(bytes.length),
    ]);
    expect(new TextDecoder().decode(bytes.subarray(56, 56 + header.length))).toBe(header);
    const payload = Math.ceil((56 + header.length) / 8) * 8;
    expect([bytes[payload], view.getFloat64(payload + 8, true), bytes.length]).toEqual([7, 1, payload + 16]);
    const digest = createHash("sha256").update(bytes.subarray(0, 24)).update(bytes.subarray(56)).digest("hex");
    expect(Buffer.from(bytes.subarray(24, 56)).toString("hex")).toBe(digest);
  });

  it("reads from a view into a larger buffer at an odd offset", () => {
    const bytes = model.encode();
    const larger = new Uint8Array(bytes.length + 9);
    larger.set(bytes, 3);
    expect(decodeModel(larger.subarray(3, 3 + bytes.length)).encode()).toEqual(bytes);
  });
});

describe("decodeModel", () => {
  it("reads the worked example of docs/model-file.md", () => {
    const { feature, value, right, rows: nodeRows, hessian, tree_start: treeStart, missing_left: missingLeft } = stump.arrays;
    expect([feature, value, right, nodeRows, hessian, treeStart, missingLeft].map((array) => Array.from(array!))).toEqual([
      [0, -1, -1],
      [2.5, expect.closeTo(-2 / 3, 14), expect.closeTo(2 / 3, 14)],
      [2, 0, 0],
      [4, 2, 2],
      [1, 0.5, 0.5],
      [0, 3],
      [1, 0, 0],
    ]);
  });

  it("gives a model that encodes to the same bytes and predicts the same", () => {
    for (const fitted of [model, prior.fit(rows, {}, 1), gbm.fit(rowsOf([[1, 2]], [1, 1]), STUMP, 1)]) {
      const bytes = fitted.encode();
      const decoded = decodeModel(bytes);
      expect(decoded.encode()).toEqual(bytes);
      expect([decoded.algo, decoded.classes, decoded.featureNames, decoded.degenerate, decoded.importance()]).toEqual([
        fitted.algo,
        fitted.classes,
        fitted.featureNames,
        fitted.degenerate,
        fitted.importance(),
      ]);
      const features = fitted.featureNames.map((_, i) => rows.features[i]!);
      expect(decoded.predict(features)).toEqual(fitted.predict(features));
    }
  });

  it("reads files of the first schema version, which had class labels only", () => {
    const { task: _, early_stopping: __, training, params, ...rest } = stump.header as Record<string, Record<string, unknown>>;
    const { loss, ...counted } = training!;
    const { early_stopping_rounds: ___, validation_share: ____, class_weights: _____, monotone: ______, ...first } = params!;
    const header = { ...rest, schema_version: 1, params: first, training: { ...counted, log_loss: loss } };
    expect(decodeModel(writeModelFile({ header, arrays: stump.arrays })).encode()).toEqual(writeModelFile(stump));

    const base = { algo: "prior", learner_version: 1, classes: [-1, 1], feature_names: ["x"], degenerate: null, priors: [0.25, 0.75] };
    const old = { ...base, schema_version: 1, training: { rows: 4, weight: 4 } };
    const model = decodeModel(writeModelFile({ header: old, arrays: {} }));
    expect([model.task, model.predict([Float64Array.of(1)]).map(([p]) => p)]).toEqual(["classify", [0.25, 0.75]]);
  });

  it("refuses every changed bit, wherever it is", () => {
    const bytes = model.encode();
    const rng = createRng("flips");
    const places = [0, 8, 12, 16, 24, 55, 56, bytes.length - 1, ...Array.from({ length: 50 }, () => rng.int(bytes.length))];
    for (const place of places) {
      const damaged = bytes.slice();
      damaged[place]! ^= 1 << rng.int(8);
      expect(() => decodeModel(damaged), `byte ${place}`).toThrowError(corrupt);
    }
  });

  it("refuses a file that is cut short, prolonged or empty", () => {
    const bytes = model.encode();
    for (const length of [0, 7, 55, 56, 100, bytes.length - 1]) expect(() => decodeModel(bytes.subarray(0, length))).toThrowError(corrupt);
    expect(() => decodeModel(Buffer.concat([bytes, Buffer.alloc(8)]))).toThrowError(corrupt);
  });

  // These have a right digest: only the rules of the format can refuse them.
  const changed = (arrays: Partial<Record<string, ModelArray>>, header: Record<string, unknown> = {}): ModelFile => ({
    header: { ...stump.header, ...header },
    arrays: { ...stump.arrays, ...arrays } as Record<string, ModelArray>,
  });
  it.each<[string, ModelFile]>([
    ["a feature that does not exist", changed({ feature: Int32Array.of(1, -1, -1) })],
    ["a feature below -1", changed({ feature: Int32Array.of(0, -2, -1) })],
    ["a right child outside the tree", changed({ right: Uint32Array.of(3, 0, 0) })],
    ["a right child that loops back", changed({ right: Uint32Array.of(0, 0, 0) })],
    ["a right child that is the left one", changed({ right: Uint32Array.of(1, 0, 0) })],
    ["a leaf with a child", changed({ right: Uint32Array.of(2, 1, 0) })],
    ["a tree that ends in a split", changed({ feature: Int32Array.of(0, -1, 0) })],
    ["a value that is NaN", changed({ value: Float64Array.of(Number.NaN, 0, 0) })],
    ["a missing direction of 2", changed({ missing_left: Uint8Array.of(2, 0, 0) })],
    ["node arrays of unequal length", changed({ gain: new Float64Array(2) })],
    ["trees that do not cover the nodes", changed({ tree_start: Uint32Array.of(0, 2) })],
    ["a tree without nodes", changed({ tree_start: Uint32Array.of(0, 0, 3) })],
    ["an array of another type", changed({ value: new Uint8Array(3) })],
    ["an array too many", changed({ extra: new Uint8Array(3) })],
    ["an unknown learner", changed({}, { algo: "oracle" })],
    ["an inherited property as learner", changed({}, { algo: "toString" })],
    ["another schema version", changed({}, { schema_version: 3 })],
    ["an unknown key", changed({}, { extra: 1 })],
    ["too many base scores", changed({}, { base_score: [0, 0] })],
    ["too few priors", changed({}, { priors: [1] })],
    ["classes that do not exist", changed({}, { active_classes: [0, 2] })],
    ["a false degenerate", changed({}, { degenerate: "single_class" })],
    ["a degenerate of another task", changed({}, { degenerate: "constant_target" })],
    ["classes of a regression", changed({}, { task: "regress" })],
    ["a regression without a mean", changed({}, { task: "regress", classes: [], priors: [], active_classes: [], base_score: [] })],
    ["an unknown task", changed({}, { task: "rank" })],
    ["no class at all", changed({}, { classes: [], priors: [], active_classes: [], base_score: [] })],
  ])("refuses %s", (_, file) => {
    expect(() => decodeModel(writeModelFile(file))).toThrowError(corrupt);
  });
});
