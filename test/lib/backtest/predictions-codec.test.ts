import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FoldPrediction } from "#lib/backtest/fold-prediction.ts";
import { decodePrediction, encodePrediction } from "#lib/backtest/predictions-codec.ts";
import { sha256 } from "#lib/core/digest.ts";

const prediction: FoldPrediction = {
  schemaVersion: 1,
  fold: 2,
  testStart: 10,
  testEnd: 13,
  classes: [-1, 1],
  baseRates: [0.4, 0.6],
  probabilities: [Float64Array.of(0.5, 0.25, Number.NaN), Float64Array.of(0.5, 0.75, Number.NaN)],
  slice: [Float64Array.of(0.1, 0.2), Float64Array.of(0.9, 0.8)],
  trainRows: 8,
  effectiveRows: 2.5,
  trainFirstTs: 1,
  trainLastTs: Number.NaN,
  embargoBars: 3,
  calibration: { method: "sigmoid", reason: null },
  notes: ["no_skill"],
};

const combinatorial: FoldPrediction = {
  ...prediction,
  testStart: 4,
  testEnd: 13,
  blocks: [
    { start: 4, end: 5 },
    { start: 11, end: 13 },
  ],
};

describe("encodePrediction", () => {
  it("has the bytes that it always had where there is one block", () => {
    expect(sha256(encodePrediction(prediction))).toBe("80bd50e8eac25a51e250ae8c980b3bad8bd43b06a2e48dcc0c4a4cce22f4dfed");
  });
});

describe("decodePrediction", () => {
  it("gives back several blocks", () => {
    expect(decodePrediction(encodePrediction(combinatorial))).toEqual(combinatorial);
  });

  it.each([
    [
      "overlap",
      [
        [4, 6],
        [5, 7],
      ],
    ],
    [
      "go back",
      [
        [11, 13],
        [4, 5],
      ],
    ],
    [
      "are empty",
      [
        [4, 7],
        [13, 13],
      ],
    ],
    [
      "begin elsewhere",
      [
        [5, 6],
        [11, 13],
      ],
    ],
    [
      "end elsewhere",
      [
        [4, 5],
        [10, 12],
      ],
    ],
    [
      "hold more rows than there are probabilities",
      [
        [4, 6],
        [11, 13],
      ],
    ],
  ] as const)("refuses blocks that %s", (_, blocks) => {
    const wrong = { ...combinatorial, blocks: blocks.map(([start, end]) => ({ start, end })) };
    expect(() => decodePrediction(encodePrediction(wrong))).toThrowError(expect.objectContaining({ code: "ARTIFACT_CORRUPT" }));
  });

  it("gives back what was encoded, NaN included", () => {
    expect(decodePrediction(encodePrediction(prediction))).toEqual(prediction);
  });

  it("never reads a changed byte, wherever it stands", () => {
    const bytes = encodePrediction(prediction);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = bytes.slice();
        changed[at] = changed[at]! ^ flip;
        expect(() => decodePrediction(changed)).toThrowError(expect.objectContaining({ code: "ARTIFACT_CORRUPT" }));
      }),
    );
  });

  it("never reads a file that was cut off or has more at its end", () => {
    const bytes = encodePrediction(prediction);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(() => decodePrediction(bytes.slice(0, length))).toThrowError(expect.objectContaining({ code: "ARTIFACT_CORRUPT" }));
      }),
    );
    const longer = new Uint8Array(bytes.length + 8);
    longer.set(bytes);
    expect(() => decodePrediction(longer)).toThrowError(expect.objectContaining({ code: "ARTIFACT_CORRUPT" }));
  });
});
