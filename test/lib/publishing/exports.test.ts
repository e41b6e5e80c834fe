import { describe, expect, it } from "vitest";
import { exportOf } from "#lib/publishing/exports.ts";
import { modelWith } from "./model.fixture.ts";

const ref = (name: string) => ({ key: `owners/ann/trained/tm_1/${name}`, sha256: "cd".repeat(32) });
const model = modelWith({ exports: { lightgbm: ref("refit.lightgbm.txt"), onnx: null, calibration: ref("refit.calibration.json") } });

describe("exportOf", () => {
  it("names the file of a format, and where it lies", () => {
    expect(exportOf(model, "lightgbm")).toEqual({
      ref: ref("refit.lightgbm.txt"),
      file: "tm_1.lightgbm.txt",
      type: "text/plain; charset=utf-8",
    });
    expect(exportOf(model, "calibration").file).toBe("tm_1.calibration.json");
    expect(exportOf(model, "sigma")).toMatchObject({ ref: model.refit, file: "tm_1.model" });
  });

  it("says why a format has none, and what to do", () => {
    expect(() => exportOf(model, "onnx")).toThrowError(/"tm_1" cannot be written as "onnx".*"sigma" holds every model/);
    expect(() => exportOf(modelWith(), "onnx")).toThrowError(
      expect.objectContaining({ code: "UNPROCESSABLE", message: expect.stringContaining("Train its row again") }),
    );
    expect(exportOf(modelWith(), "sigma").file).toBe("tm_1.model");
  });
});
