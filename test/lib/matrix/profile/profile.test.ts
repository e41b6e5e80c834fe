import { describe, expect, it } from "vitest";
import { buildMatrix } from "#lib/matrix/build-matrix.ts";
import { barsOnly } from "#lib/matrix/matrix-data.ts";
import { correlate } from "#lib/matrix/profile/correlation.ts";
import { periodsOf } from "#lib/matrix/profile/periods.ts";
import { MatrixProfileSchema } from "#lib/matrix/profile/profile.schema.ts";
import { profileMatrix, requireProfilable } from "#lib/matrix/profile/profile.ts";
import { randomSeries, specOf } from "../fixtures.ts";

const NAN = Number.NaN;

describe("correlate", () => {
  it("gives Pearson's r of each pair over the rows where both are known", () => {
    // x = 1 2 3 4 5, y = 2 4 5 4 5: r = 6 / sqrt(10 * 6) = 0.7745966692 (worked by hand).
    const x = Float64Array.of(1, 2, 3, 4, 5, 9);
    const y = Float64Array.of(2, 4, 5, 4, 5, NAN);
    const { lower, rows, columns } = correlate([x, y, x.map((value) => -value)]);
    expect([rows, columns]).toEqual([6, 3]);
    expect(lower.map((row) => row.length)).toEqual([0, 1, 2]);
    expect(lower[1]![0]).toBeCloseTo(0.7745966692414834, 12);
    expect(lower[2]![0]).toBeCloseTo(-1, 12);
  });

  it("keeps the digits of columns that stand far from zero", () => {
    const x = Float64Array.from({ length: 100 }, (_, i) => 1e9 + i);
    const y = Float64Array.from({ length: 100 }, (_, i) => 1e9 - 2 * i);
    expect(correlate([x, y]).lower[1]![0]).toBeCloseTo(-1, 9);
  });

  it("is undefined for a constant column and for fewer than three common rows", () => {
    const x = Float64Array.of(1, 2, 3, NAN);
    expect(correlate([x, new Float64Array(4).fill(0.1)]).lower[1]![0]).toBeNaN();
    expect(correlate([x, Float64Array.of(NAN, 1, 2, 3)]).lower[1]![0]).toBeNaN();
  });

  it("reads at most 20,000 rows, evenly spread, of at most 150 columns", () => {
    const column = Float64Array.from({ length: 50_000 }, (_, i) => i);
    const found = correlate(Array.from({ length: 151 }, () => column));
    expect([found.rows, found.columns]).toEqual([16_667, 150]);
  });
});

describe("periodsOf", () => {
  const dates = (from: number, count: number, step: (i: number) => number) =>
    Float64Array.from({ length: count }, (_, i) => from + step(i));

  it("takes the longest unit that gives six periods", () => {
    const years = periodsOf(dates(20180102, 6, (i) => i * 10_000));
    expect([years.unit, years.names]).toEqual(["year", ["2018", "2019", "2020", "2021", "2022", "2023"]]);
    const quarters = periodsOf(Float64Array.of(20230103, 20230403, 20230703, 20231002, 20240102, 20240401));
    expect([quarters.unit, quarters.names[0], quarters.names[5]]).toEqual(["quarter", "2023-Q1", "2024-Q2"]);
    const months = periodsOf(dates(20240102, 6, (i) => i * 100));
    expect([months.unit, months.names[5]]).toEqual(["month", "2024-06"]);
  });

  it("falls back to sessions and names the period of every row", () => {
    const { unit, names, of } = periodsOf(Float64Array.of(20240102, 20240102, 20240103));
    expect([unit, names, [...of]]).toEqual(["session", ["2024-01-02", "2024-01-03"], [0, 0, 1]]);
  });
});

describe("profileMatrix", () => {
  const matrix = buildMatrix(specOf(), barsOnly(randomSeries({ bars: 400 })));
  const profile = profileMatrix(matrix);

  it("counts rows, labels and unknown values by period", () => {
    expect(MatrixProfileSchema.parse(profile)).toEqual(profile);
    expect(profile.period_unit).toBe("quarter");
    expect(profile.periods.reduce((sum, { rows }) => sum + rows, 0)).toBe(matrix.rows);
    const labelled = matrix.y.filter((value) => !Number.isNaN(value)).length;
    expect(profile.periods.reduce((sum, period) => sum + period.labelled, 0)).toBe(labelled);
    for (const { labelled: rows, classes } of profile.periods) expect(Object.values(classes).reduce((a, b) => a + b, 0)).toBe(rows);
    profile.columns.forEach(({ known, unknown_share }, i) => {
      const unknown = matrix.features[i]!.filter((value) => Number.isNaN(value)).length;
      expect(known).toBe(matrix.rows - unknown);
      const counted = unknown_share.reduce((sum, share, k) => sum + share * profile.periods[k]!.rows, 0);
      expect(counted).toBeCloseTo(unknown, 9);
    });
  });

  it("measures mean and deviation as the plain formulas do", () => {
    const values = [...matrix.features[0]!].filter((value) => !Number.isNaN(value));
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
    const [first] = profile.columns;
    expect(first!.mean).toBeCloseTo(mean, 12);
    expect(first!.sd).toBeCloseTo(sd, 12);
    expect([first!.min, first!.max]).toEqual([Math.min(...values), Math.max(...values)]);
  });

  it("knows nothing of a column without values", () => {
    const features = [new Float64Array(matrix.rows).fill(NAN), ...matrix.features.slice(1)];
    const [empty] = profileMatrix({ ...matrix, features }).columns;
    expect(empty).toMatchObject({ known: 0, mean: null, sd: null, min: null, max: null, psi: null });
    expect(new Set(empty!.unknown_share)).toEqual(new Set([1]));
  });

  it("says nothing of how features relate to the label", () => {
    expect(profile.correlation.columns).toEqual(matrix.info.features.map(({ name }) => name));
    expect(profileMatrix({ ...matrix, retFwd: matrix.retFwd.map(() => 0) })).toEqual(profile);
  });

  it("refuses what is too large for one answer", () => {
    const info = { ...matrix.info, features: Array.from({ length: 100 }, () => matrix.info.features[0]!) };
    const of = (rows: number) => () => requireProfilable({ rows, info: info as never, matrix_sha: "a" });
    expect(of(300_000)).not.toThrow();
    expect(of(300_001)).toThrowError(expect.objectContaining({ code: "UNPROCESSABLE" }));
  });
});
