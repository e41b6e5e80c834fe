import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeModel } from "#lib/learners/decode-model.ts";
import type { FittedModel } from "#lib/learners/define-learner.ts";
import { lightgbmModel } from "#lib/learners/import/lightgbm-model.ts";
import { MOST_TEXT_BYTES, readLightgbmText } from "#lib/learners/import/lightgbm-text.ts";

/** Models that LightGBM 4.7.0 trained and saved, and what it predicts of six rows with its own thresholds, zeros and unknowns. */
const folder = join(import.meta.dirname, "..", "..", "..", "fixtures", "lightgbm");
const fixture = (name: string): string => readFileSync(join(folder, `${name}.txt`), "utf8");
const { probe, models } = JSON.parse(readFileSync(join(folder, "predictions.json"), "utf8")) as {
  probe: (number | null)[][];
  models: Record<string, { predicted: number[][]; raw: number[][]; contributions: number[][] }>;
};
const NAMES = ["alpha", "beta", "gamma", "delta"];
const columns = NAMES.map((_, f) => Float64Array.from(probe, (row) => row[f] ?? Number.NaN));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const CLASSES: Readonly<Record<string, readonly number[]>> = { multiclass: [-1, 0, 1], regression: [] };
const FIXTURES = ["binary-nan", "binary-none", "binary-zero", "multiclass", "regression"];
const modelOf = (name: string, names = NAMES, classes = CLASSES[name] ?? [-1, 1]): FittedModel =>
  lightgbmModel(readLightgbmText(bytes(fixture(name))), names, classes, "a".repeat(64));

describe("readLightgbmText", () => {
  it.each(FIXTURES)("predicts of %s what LightGBM does, zeros and unknown values included", (name) => {
    const ours = modelOf(name).predict(columns);
    for (const [row, theirs] of models[name]!.predicted.entries()) {
      const all = name !== "regression" && theirs.length === 1 ? [1 - theirs[0]!, theirs[0]!] : theirs;
      for (const [k, p] of all.entries()) expect(Math.abs(ours[k]![row]! - p)).toBeLessThan(1e-15);
    }
  });

  it.each(FIXTURES)("attributes %s as LightGBM's pred_contrib does", (name) => {
    const { base, contributions } = modelOf(name).attribute!(columns);
    // LightGBM attributes the raw score, before the factor of the sigmoid.
    const factor = name === "binary-none" ? 2 : 1;
    const width = NAMES.length + 1;
    for (const [row, theirs] of models[name]!.contributions.entries())
      for (const [m, columnsOf] of contributions.entries()) {
        for (const [f, column] of columnsOf.entries()) expect(column[row]! / factor).toBeCloseTo(theirs[m * width + f]!, 12);
        expect(base[m]! / factor).toBeCloseTo(theirs[m * width + NAMES.length]!, 12);
      }
  });

  it("takes the matrix's columns in any order, and none too many or too few", () => {
    const order = [2, 0, 3, 1];
    const permuted = modelOf(
      "multiclass",
      order.map((f) => NAMES[f]!),
    ).predict(order.map((f) => columns[f]!));
    expect(permuted).toEqual(modelOf("multiclass").predict(columns));
    for (const names of [[...NAMES, "more"], NAMES.slice(1), ["alpha", "beta", "gamma", "omega"]])
      expect(() => modelOf("multiclass", names)).toThrowError(expect.objectContaining({ code: "MODEL_INVALID" }));
    expect(() => modelOf("binary-nan", ["alpha", "beta", "gamma", "omega"])).toThrowError(/lacks delta/);
  });

  it("refuses a label with another number of classes, and a regression for classes", () => {
    expect(() => modelOf("multiclass", NAMES, [-1, 1])).toThrowError(/"2" classes, the imported model "3"/);
    expect(() => modelOf("regression", NAMES, [-1, 1])).toThrowError(/"2" classes, the imported model "0" \(0 = a regression\)/);
    expect(() => modelOf("binary-nan", NAMES, [])).toThrowError(/"0" classes, the imported model "2"/);
  });

  it("is stored and read again as the same model", () => {
    for (const name of FIXTURES) {
      const model = modelOf(name);
      const read = decodeModel(model.encode());
      expect(read.predict(columns)).toEqual(model.predict(columns));
      expect(read.attribute!(columns)).toEqual(model.attribute!(columns));
      expect([read.algo, read.importance()]).toEqual(["lightgbm", model.importance()]);
    }
  });

  it("attributes nothing when the file does not say how many rows reached a leaf", () => {
    const uncounted = fixture("binary-nan").replaceAll(/^leaf_count=.*\n/gm, "");
    const model = lightgbmModel(readLightgbmText(bytes(uncounted)), NAMES, [-1, 1], "a".repeat(64));
    expect(model.attribute).toBeUndefined();
    expect(decodeModel(model.encode()).attribute).toBeUndefined();
    expect(model.predict(columns)).toEqual(modelOf("binary-nan").predict(columns));
  });

  const TEXT = fixture("binary-nan");
  const changed = (from: RegExp, to: string): string => {
    expect(TEXT).toMatch(from);
    return TEXT.replace(from, to);
  };
  it.each([
    ["another first word", () => changed(/^tree/, "forest"), "tree"],
    ["another version", () => changed(/version=v4/, "version=v9"), "version"],
    ["an averaged forest", () => changed(/label_index=0/, "average_output"), "average_output"],
    ["another objective", () => changed(/objective=.*/, "objective=lambdarank"), "objective"],
    ["a sigmoid of 0", () => changed(/sigmoid:1/, "sigmoid:0"), "objective"],
    ["a number of classes that is not its trees'", () => changed(/num_class=1/, "num_class=2"), "num_class"],
    ["fewer names than features", () => changed(/feature_names=alpha /, "feature_names="), "feature_names"],
    ["a name twice", () => changed(/feature_names=alpha beta/, "feature_names=alpha alpha"), "feature_names"],
    ["no objective", () => changed(/objective=.*\n/, ""), "objective"],
    ["a cut file", () => TEXT.slice(0, TEXT.indexOf("Tree=2")), "end of trees"],
    ["a tree in another place", () => changed(/Tree=1/, "Tree=5"), "Tree"],
    ["a categorical tree", () => changed(/num_cat=0/, "num_cat=1"), "num_cat"],
    ["a categorical split", () => changed(/decision_type=\d+/, "decision_type=9"), "decision_type"],
    ["an unknown missing type", () => changed(/decision_type=\d+/, "decision_type=14"), "decision_type"],
    ["a linear tree", () => changed(/is_linear=0/, "is_linear=1"), "is_linear"],
    ["NaN as a leaf", () => changed(/leaf_value=\S+/, "leaf_value=nan"), "leaf_value"],
    ["an infinite threshold", () => changed(/threshold=\S+/, "threshold=1e999"), "threshold"],
    ["a number that is none", () => changed(/leaf_value=\S+/, "leaf_value=0x10"), "leaf_value"],
    ["too few leaves", () => changed(/leaf_value=\S+ /, "leaf_value="), "leaf_value"],
    ["a feature out of range", () => changed(/split_feature=\d+/, "split_feature=4"), "split_feature"],
    ["a negative feature", () => changed(/split_feature=\d+/, "split_feature=-1"), "split_feature"],
    ["a fractional child", () => changed(/left_child=\S+/, "left_child=0.5"), "left_child"],
    ["a child out of range", () => changed(/left_child=\S+/, "left_child=9"), "left_child"],
    ["a split that is its own child", () => changed(/left_child=\S+/, "left_child=0"), "left_child"],
    ["two parents of a leaf", () => changed(/left_child=.*\nright_child=.*/, "left_child=1 -1 -1 -3\nright_child=2 3 -4 -5"), "left_child"],
    ["a field twice", () => changed(/num_cat=0/, "num_cat=0\nnum_cat=0"), "num_cat"],
    ["too many leaves", () => changed(/num_leaves=5/, "num_leaves=70000"), "num_leaves"],
    ["negative counts", () => changed(/leaf_count=\S+/, "leaf_count=-1"), "leaf_count"],
  ])("refuses %s, naming line and field", (_, text, field) => {
    const error = (() => {
      try {
        readLightgbmText(bytes(text()));
      } catch (thrown) {
        return thrown;
      }
      return undefined;
    })();
    expect(error).toMatchObject({ code: "MODEL_INVALID", facts: { field, line: expect.any(Number) } });
  });

  it("names the line as an editor counts it", () => {
    expect(() => readLightgbmText(bytes(changed(/leaf_value=\S+/, "leaf_value=nan")))).toThrowError(
      /"leaf_value" \(line "21"\), found "nan"/,
    );
  });

  it("refuses zeros that are unknown in one split of a feature and not in another", () => {
    expect(() => readLightgbmText(bytes(fixture("binary-zero").replace("decision_type=6 6 6 6", "decision_type=6 6 10 6")))).toThrowError(
      /the missing type Zero of feature "2" in earlier splits/,
    );
  });

  it("refuses what is too large before it reads it, and what is no text", () => {
    expect(() => readLightgbmText(new Uint8Array(MOST_TEXT_BYTES + 1))).toThrowError(expect.objectContaining({ code: "MODEL_INVALID" }));
    expect(() => readLightgbmText(Uint8Array.of(0xff, 0xfe, 0x00))).toThrowError(/UTF-8/);
  });

  it("refuses a tree that is a chain of more splits than are allowed", () => {
    const splits = 600;
    const list = (read: (i: number) => string | number, count = splits): string =>
      Array.from({ length: count }, (_, i) => read(i)).join(" ");
    const chain = [
      ...["Tree=0", `num_leaves=${splits + 1}`, "num_cat=0", `split_feature=${list(() => 0)}`, `threshold=${list((i) => i)}`],
      ...[`decision_type=${list(() => 8)}`, `left_child=${list((i) => -1 - i)}`],
      ...[
        `right_child=${list((i) => (i + 1 < splits ? i + 1 : -1 - splits))}`,
        `leaf_value=${list(() => 0, splits + 1)}`,
        "",
        "end of trees",
        "",
      ],
    ].join("\n");
    const text = TEXT.slice(0, TEXT.indexOf("Tree=0")) + chain;
    expect(() => readLightgbmText(bytes(text))).toThrowError(/at most "512" splits above a leaf/);
  });

  it("never fails but with MODEL_INVALID, and never gives a model with a walk that does not end, whatever is changed", () => {
    fc.assert(
      fc.property(fc.nat(TEXT.length - 1), fc.string({ maxLength: 3 }), fc.nat(4), (at, put, drop) => {
        const text = TEXT.slice(0, at) + put + TEXT.slice(at + drop);
        try {
          const trees = readLightgbmText(bytes(text));
          if (trees.objective.kind === "binary" && trees.featureNames.length === 4) {
            const [down, up] = lightgbmModel(trees, trees.featureNames, [-1, 1], "a".repeat(64)).predict(columns);
            for (const [row, p] of up!.entries()) expect(p + down![row]!).toBeCloseTo(1, 12);
          }
        } catch (error) {
          expect(error).toMatchObject({ code: "MODEL_INVALID" });
        }
      }),
      { numRuns: 1500 },
    );
  });
});
