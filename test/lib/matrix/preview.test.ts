import { describe, expect, it } from "vitest";
import { buildMatrix } from "#lib/matrix/build-matrix.ts";
import { describeMatrix } from "#lib/matrix/describe.ts";
import { matrixSha } from "#lib/matrix/fingerprint.ts";
import { barsOnly } from "#lib/matrix/matrix-data.ts";
import { PreviewSchema } from "#lib/matrix/preview.schema.ts";
import { previewMatrix } from "#lib/matrix/preview.ts";
import { sliceMatrix } from "#lib/matrix/slice-matrix.ts";
import { barsOf, FACTS, randomSeries, specOf } from "./fixtures.ts";

describe("previewMatrix", () => {
  it("shows the last sessions whose labels are known, as the build will have them", async () => {
    const series = randomSeries({ bars: 300 });
    const spec = specOf();
    const preview = await previewMatrix(spec, barsOnly(series), 3);
    const matrix = buildMatrix(spec, barsOnly(series));
    // The label is two bars ahead, so the last two of 300 sessions have none.
    expect(preview.rows).toHaveLength(3);
    expect(preview.rows[2]!["ts"]).toBe(new Date(matrix.ts[297]!).toISOString());
    expect(preview.rows[2]!["y"]).toBe(matrix.y[297]);
    expect(preview.rows[0]!["sma_3"]).toBeCloseTo(matrix.features[0]![295]!, 10);
    expect(preview.rows[2]!["sma_3"]).toBeCloseTo(matrix.features[0]![297]!, 10);
    expect(preview.rows[2]!["ret_1"]).toBe(matrix.features[1]![297]);
    expect(preview.matrix_sha).toBe(matrixSha(spec));
    expect(preview.columns).toEqual(matrix.info.features);
    expect(preview.warmup_bars).toBe(2);
    expect(preview.leakage.status).toBe("ok");
    expect(PreviewSchema.parse(JSON.parse(JSON.stringify(preview)))).toEqual(preview);
  });

  it("counts coverage by hour over intraday sessions", async () => {
    const preview = await previewMatrix(
      specOf({ cadence: "hourly", horizon: "intraday" }),
      barsOnly(randomSeries({ bars: 70, cadence: "hourly" })),
      2,
    );
    expect(preview.sessions).toEqual(["2018-01-12", "2018-01-16"]);
    expect(preview.coverage_by_hour).toEqual([9, 10, 11, 12, 13, 14, 15].map((hour) => ({ hour, rows: 2, labelled: hour < 14 ? 2 : 0 })));
  });

  it("shows unknown values as null and stays inside the window", async () => {
    const preview = await previewMatrix(
      specOf({ window: { start: "2018-01-02", end: "2018-01-04" } }),
      barsOnly(randomSeries({ bars: 20 })),
      5,
    );
    expect(preview.sessions).toEqual(["2018-01-02", "2018-01-03"]);
    expect(preview.rows[0]).toMatchObject({ sma_3: null, y: null, t1: null });
    expect(preview.nan_share.columns["sma_3"]).toBe(1);
  });

  it("refuses a number of sessions that is none", async () => {
    const data = barsOnly(randomSeries({ bars: 20 }));
    await expect(previewMatrix(specOf(), data, 0)).rejects.toMatchObject({ code: "INVALID_PARAM" });
    await expect(previewMatrix(specOf(), data, 21)).rejects.toThrowError(/1 to 20 sessions/);
  });
});

describe("describeMatrix", () => {
  it("gives range, mean, deviation and unknown share of each feature", () => {
    const matrix = buildMatrix(specOf(), barsOnly({ bars: barsOf({ close: [100, 102, 101, 106] }), facts: FACTS }));
    const [sma] = describeMatrix(matrix);
    // sma_3 is NaN, NaN, 101, 103.
    expect(sma).toEqual({
      name: "sma_3",
      indicator: "sma",
      unit: "price",
      nanShare: 0.5,
      min: 101,
      mean: 102,
      max: 103,
      deviation: Math.SQRT2,
    });
    const empty = describeMatrix(sliceMatrix(matrix, 0, 2))[0]!;
    expect(empty).toMatchObject({ nanShare: 1, min: Number.NaN, mean: Number.NaN, deviation: Number.NaN });
  });
});
