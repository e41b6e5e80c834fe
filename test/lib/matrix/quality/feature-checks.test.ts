import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import type { Verdict } from "#lib/matrix/quality/quality.schema.ts";
import { type Options, reportOf, scaleFree, verdictOf } from "./support.ts";

describe("the checks of features", () => {
  it("reports the share of unknown values for each column and indicator, and fails when all are", () => {
    const report = reportOf({ entries: [{ name: "adx", window: 3 }, ...scaleFree] });
    expect(report.nan_share.columns["plus_di_3"]).toBeCloseTo(3 / 600, 12);
    expect(report.nan_share.columns["adx_3"]).toBeCloseTo(5 / 600, 12);
    expect(report.nan_share.indicators["adx"]).toBeCloseTo(11 / 1800, 12);
  });

  it("warns of features that never change", () => {
    const bars: NonNullable<Options["bars"]> = ({ volume }) => volume.fill(500);
    expect(verdictOf("constant_columns", { bars, entries: [{ name: "vol_ratio", window: 5 }, ...scaleFree] })).toMatchObject({
      status: "warn",
      items: ["vol_ratio_5"],
    });
  });

  it("suspects a feature that moves with the next return", () => {
    const leak = (noise: number): Verdict =>
      verdictOf("leakage_scan", {
        matrix: (matrix) => {
          const rng = createRng("noise");
          const feature = matrix.close.map((price, i) => matrix.close[i + 1]! / price - 1 + noise * rng.normal());
          const info = { name: "shifted", indicator: "planted", version: 1, unit: "ratio" };
          return {
            ...matrix,
            info: { ...matrix.info, features: [...matrix.info.features, info] },
            features: [...matrix.features, feature],
          };
        },
      });
    expect(leak(0)).toMatchObject({ status: "fail", items: ["shifted"] });
    // A correlation of about 1 / sqrt(1 + 1) = 0.7.
    expect(leak(0.01)).toMatchObject({ status: "warn", items: ["shifted"] });
    expect(leak(1)).toMatchObject({ status: "ok" });
  });
});
