import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FoldPrediction } from "#lib/backtest/fold-prediction.ts";
import { decodePrediction, encodePrediction } from "#lib/backtest/predictions-codec.ts";

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

describe("decodePrediction", () => {
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
