import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Bars, Cadence } from "#lib/core/bars.ts";
import { createRng } from "#lib/core/rng.ts";
import type { IndicatorEntry } from "#lib/indicators/resolve.ts";
import { readSampleSeries } from "#lib/market-data/sample.ts";
import { buildMatrix } from "#lib/matrix/build-matrix.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { barsOnly } from "#lib/matrix/matrix-data.ts";
import type { MatrixConfig } from "#lib/matrix/matrix-spec.ts";
import { assessQuality, requireQuality } from "#lib/matrix/quality/assess-quality.ts";
import { populationStability } from "#lib/matrix/quality/drift.ts";
import { type QualityReport, QualityReportSchema, type Verdict } from "#lib/matrix/quality/quality.schema.ts";
import { FACTS, randomSeries, specOf } from "../fixtures.ts";

const scaleFree: readonly IndicatorEntry[] = [
  { name: "ret", window: 1 },
  { name: "rsi", window: 5 },
  { name: "zscore", window: 10 },
];

interface Options {
  readonly cadence?: Cadence;
  readonly config?: Partial<MatrixConfig>;
  readonly entries?: readonly IndicatorEntry[];
  /** Changes copies of the columns before the build. */
  readonly bars?: (bars: { -readonly [K in keyof Bars]: Bars[K] }) => void;
  /** Changes the finished matrix. */
  readonly matrix?: (matrix: Matrix) => Matrix;
}

function reportOf({ cadence = "daily", config = {}, entries = scaleFree, bars: change, matrix: finish }: Options = {}): QualityReport {
  const { bars: source } = randomSeries({ bars: 600, seed: "quality", cadence });
  const bars = {
    ...source,
    start: source.start.slice(),
    end: source.end.slice(),
    open: source.open.slice(),
    high: source.high.slice(),
    low: source.low.slice(),
    close: source.close.slice(),
    volume: source.volume.slice(),
  };
  change?.(bars);
  const spec = specOf(cadence === "daily" ? config : { cadence: "hourly", horizon: "intraday", ...config }, entries);
  const matrix = buildMatrix(spec, barsOnly({ bars, facts: FACTS }));
  return assessQuality(spec, finish ? finish(matrix) : matrix, barsOnly({ bars, facts: FACTS }));
}

const verdictOf = (check: string, options: Options = {}): Verdict => {
  const found = reportOf(options).verdicts.find((verdict) => verdict.check === check);
  if (!found) throw new Error(`no verdict ${check}`);
  return found;
};

const swap = (column: Float64Array, i: number, j: number): void => {
  [column[i], column[j]] = [column[j]!, column[i]!];
};

describe("assessQuality", () => {
  it("finds nothing wrong with a clean series, daily or hourly", () => {
    for (const cadence of ["daily", "hourly"] as const) {
      const report = reportOf({ cadence });
      expect(report.verdicts.filter(({ status }) => status !== "ok")).toEqual([]);
      expect(report.status).toBe("ok");
      expect(QualityReportSchema.parse(report)).toEqual(report);
      expect(report.verdicts.map(({ check }) => check)).toEqual([
        "monotonic_time",
        "duplicate_bars",
        "session_alignment",
        "missing_sessions",
        "price_sanity",
        "non_negative_volume",
        "missing_closes",
        "stale_open",
        "stale_close",
        "label_balance",
        "coverage_by_hour",
        "nan_share",
        "constant_columns",
        "leakage_scan",
        "drift",
        "other_series",
        "chain_sanity",
        "iv_populated",
        "flow_present",
      ]);
    }
  });

  it("fails bars that run backwards", () => {
    const found = verdictOf("monotonic_time", {
      bars: ({ start, end }) => {
        swap(start, 100, 101);
        swap(end, 100, 101);
      },
    });
    expect(found).toMatchObject({ status: "fail", numbers: { rows: 600, out_of_order: 1 } });
    expect(found.summary).toContain("2018-05-25");
  });

  it("fails repeated bars", () => {
    const found = verdictOf("duplicate_bars", {
      bars: ({ start, end }) => {
        start[101] = start[100]!;
        end[101] = end[100]!;
      },
    });
    expect(found).toMatchObject({ status: "fail", numbers: { duplicates: 1 } });
  });

  it("warns of a stray bar outside the session and fails a series of other hours", () => {
    const shifted = (hours: number, count: number): Verdict =>
      verdictOf("session_alignment", {
        cadence: "hourly",
        bars: ({ start, end }) => {
          for (let i = 0; i < count; i++) {
            const row = i * 7 + 6;
            start[row] = start[row]! + hours * 3_600_000;
            end[row] = end[row]! + hours * 3_600_000;
          }
        },
      });
    expect(shifted(2, 1)).toMatchObject({ status: "warn", numbers: { outside_hours: 1 } });
    expect(shifted(2, 80)).toMatchObject({ status: "fail", numbers: { outside_hours: 80 } });
  });

  it("warns of a missing session, names it, and fails when many are missing", () => {
    const without = (dropped: (row: number) => boolean): Verdict =>
      verdictOf("missing_sessions", {
        bars: (bars) => {
          const kept = [...bars.start.keys()].filter((row) => !dropped(row));
          for (const name of ["start", "end", "open", "high", "low", "close", "volume", "factor"] as const)
            bars[name] = Float64Array.from(kept, (row) => bars[name][row]!);
          bars.length = kept.length;
        },
      });
    // Row 2 is the third session of 2018.
    expect(without((row) => row === 2)).toMatchObject({ status: "warn", items: ["2018-01-04"], numbers: { missing: 1, sessions: 600 } });
    expect(without((row) => row % 10 === 5)).toMatchObject({ status: "fail", numbers: { missing: 60 } });
  });

  it.each<[string, "warn" | "fail", string, NonNullable<Options["bars"]>]>([
    ["a price of zero", "fail", "non_positive", ({ low }) => low.fill(0, 50, 51)],
    ["a negative price", "fail", "non_positive", ({ open }) => open.fill(-3, 50, 51)],
    ["a high below the low", "fail", "high_below_low", ({ high, low }) => high.fill(low[50]! * 0.99, 50, 51)],
    ["a close above the high", "warn", "outside_range", ({ close, high }) => close.fill(high[50]! * 1.01, 50, 51)],
    [
      "a move of 60 %",
      "warn",
      "extreme_moves",
      ({ open, high, low, close, length }) => {
        for (const column of [open, high, low, close]) for (let i = 300; i < length; i++) column[i] = column[i]! * 1.6;
      },
    ],
    [
      "a ten for one split that the data does not know",
      "fail",
      "impossible_moves",
      ({ open, high, low, close, length }) => {
        for (const column of [open, high, low, close]) for (let i = 300; i < length; i++) column[i] = column[i]! / 10;
      },
    ],
  ])("reports %s as price_sanity %s", (_, status, number, bars) => {
    expect(verdictOf("price_sanity", { bars })).toMatchObject({ status, numbers: { [number]: 1 } });
  });

  it("does not mistake a split that the data knows for a move", () => {
    const { bars } = randomSeries({ bars: 600, seed: "quality", actions: true });
    const spec = specOf({}, scaleFree);
    const report = assessQuality(spec, buildMatrix(spec, barsOnly({ bars, facts: FACTS })), barsOnly({ bars, facts: FACTS }));
    expect(report.verdicts.find(({ check }) => check === "price_sanity")).toMatchObject({ status: "ok" });
  });

  it("fails a negative volume, not an unknown one", () => {
    expect(verdictOf("non_negative_volume", { bars: ({ volume }) => volume.fill(-1, 9, 10) })).toMatchObject({
      status: "fail",
      numbers: { negative: 1 },
    });
    expect(verdictOf("non_negative_volume", { bars: ({ volume }) => volume.fill(Number.NaN, 9, 10) })).toMatchObject({ status: "ok" });
  });

  it("warns of a missing close and fails when one in twenty is missing", () => {
    const missing = (every: number): Verdict =>
      verdictOf("missing_closes", {
        bars: ({ close }) => {
          for (let i = every; i < 600; i += every) close[i] = Number.NaN;
        },
      });
    expect(missing(500)).toMatchObject({ status: "warn", numbers: { missing: 1 } });
    expect(missing(15)).toMatchObject({ status: "fail", numbers: { missing: 39 } });
  });

  describe("stale_open", () => {
    /** Copies the previous close into the open of each fifth session of 2019. */
    const bars: NonNullable<Options["bars"]> = ({ start, open, close }) => {
      start.forEach((time, i) => {
        if (i % 5 === 0 && new Date(time).getUTCFullYear() === 2019) open[i] = close[i - 1]!;
      });
    };
    const nextOpen: Partial<MatrixConfig> = {
      label: { kind: "forward_return", unit: "bars", task: "classify", entry: "next_open", horizon: 1, band: { kind: "none" } },
    };

    it("warns when nothing uses the open", () => {
      expect(verdictOf("stale_open", { bars })).toMatchObject({ status: "warn", items: ["2019"] });
    });
    it("fails when the label enters at the next open, and names the years", () => {
      const found = verdictOf("stale_open", { bars, config: nextOpen });
      expect(found).toMatchObject({ status: "fail", items: ["2019"], numbers: { stale_years: 1 } });
      expect(found.summary).toMatch(/^In 2019 more than 10\.0 % .*decision_close/);
    });
    it("fails when a feature is made from the open", () => {
      const found = verdictOf("stale_open", { bars, entries: [{ name: "sma", window: 5, column: "open" }, ...scaleFree] });
      expect(found.status).toBe("fail");
      expect(found.summary).toContain("sma_5_open");
    });
    it("says nothing of a window that avoids those years", () => {
      expect(verdictOf("stale_open", { bars, config: { ...nextOpen, window: { start: "2018-01-02", end: "2019-01-01" } } })).toMatchObject({
        status: "ok",
        items: [],
      });
    });
    it("compares sessions, not bars: inside a session a bar opens where the last one closed", () => {
      const continuous: NonNullable<Options["bars"]> = ({ open, close, length }) => {
        for (let i = 1; i < length; i++) if (i % 7 !== 0) open[i] = close[i - 1]!;
      };
      expect(verdictOf("stale_open", { cadence: "hourly", bars: continuous, config: nextOpen })).toMatchObject({ status: "ok" });
    });
    it("finds the copied opens of the sample series", () => {
      const file = new URL("../data/sp500-2000.csv", import.meta.resolve("vega-datasets"));
      const sample = readSampleSeries(readFileSync(file));
      const check = (config: Partial<MatrixConfig>): Verdict => {
        const spec = specOf(config, scaleFree, sample.facts, sample.bars.symbol);
        return assessQuality(spec, buildMatrix(spec, barsOnly(sample)), barsOnly(sample)).verdicts.find(
          ({ check: name }) => name === "stale_open",
        )!;
      };
      const years = ["2000", "2001", "2002", "2003", "2004", "2005", "2006", "2007", "2011", "2012", "2013"];
      expect(check({})).toMatchObject({ status: "warn", items: years });
      const failed = check(nextOpen);
      expect(failed).toMatchObject({ status: "fail", items: years });
      expect(failed.summary).toContain("2000-2007 and 2011-2013");
      expect(check({ ...nextOpen, window: { start: "2014-01-01", end: null } })).toMatchObject({ status: "ok" });
    });
  });

  it("warns of closes that repeat three times and of bars without volume, and fails when they are many", () => {
    const repeated = (rows: number): Verdict =>
      verdictOf("stale_close", {
        bars: ({ close }) => {
          for (let i = 100; i < 100 + rows; i++) close[i] = close[99]!;
        },
      });
    expect(repeated(1)).toMatchObject({ status: "ok", numbers: { repeated_closes: 0 } });
    expect(repeated(2)).toMatchObject({ status: "warn", numbers: { repeated_closes: 3 } });
    expect(repeated(150)).toMatchObject({ status: "fail", numbers: { repeated_closes: 151 } });
    expect(verdictOf("stale_close", { bars: ({ volume }) => volume.fill(0, 5, 6) })).toMatchObject({
      status: "warn",
      numbers: { zero_volume: 1 },
    });
    expect(verdictOf("stale_close", { bars: ({ volume }) => volume.fill(0) })).toMatchObject({
      status: "ok",
      numbers: { no_volume_at_all: 1 },
    });
  });

  describe("label_balance", () => {
    const flatBand: Partial<MatrixConfig> = {
      label: { kind: "next_bar_direction", entry: "decision_close", band: { kind: "fixed_bps", bps: 9000 } },
    };
    const wideBand: Partial<MatrixConfig> = {
      label: { kind: "next_bar_direction", entry: "decision_close", band: { kind: "fixed_bps", bps: 220 } },
    };

    it("fails labels of one class", () => {
      const report = reportOf({ config: flatBand });
      expect(report.label_balance).toEqual([
        { value: -1, rows: 0, share: 0 },
        { value: 0, rows: 599, share: 1 },
        { value: 1, rows: 0, share: 0 },
      ]);
      expect(() => requireQuality(report, { force: false })).toThrowError(expect.objectContaining({ code: "SINGLE_CLASS" }));
    });
    it("warns of a rare class", () => {
      expect(verdictOf("label_balance", { config: wideBand })).toMatchObject({ status: "warn", items: ["-1", "1"] });
    });
    it("fails a window without any label", () => {
      const config = {
        label: { kind: "forward_return", unit: "bars", task: "classify", entry: "decision_close", horizon: 5, band: { kind: "none" } },
        window: { start: "2018-01-02", end: "2018-01-06" },
      } as const;
      expect(verdictOf("label_balance", { config })).toMatchObject({ status: "fail", numbers: { labelled: 0 } });
    });
  });

  it("warns of hours with few bars", () => {
    const found = verdictOf("coverage_by_hour", {
      cadence: "hourly",
      matrix: (matrix) => ({ ...matrix, hourEt: matrix.hourEt.map((hour, i) => (hour === 12 && i % 3 > 0 ? 13 : hour)) }),
    });
    expect(found).toMatchObject({ status: "warn", items: ["12"] });
  });

  it("reports the share of unknown values for each column and indicator, and fails when all are", () => {
    const report = reportOf({ entries: [{ name: "adx", window: 3 }, ...scaleFree] });
    expect(report.nan_share.columns["plus_di_3"]).toBeCloseTo(3 / 600, 12);
    expect(report.nan_share.columns["adx_3"]).toBeCloseTo(5 / 600, 12);
    expect(report.nan_share.indicators["adx"]).toBeCloseTo(11 / 1800, 12);
    expect(verdictOf("nan_share", { entries: [{ name: "sma", window: 400 }, ...scaleFree] })).toMatchObject({
      status: "warn",
      items: ["sma_400"],
    });
    expect(verdictOf("nan_share", { entries: [{ name: "sma", window: 700 }] })).toMatchObject({ status: "fail", numbers: { empty: 1 } });
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

  it("warns of features whose distribution shifts", () => {
    const found = verdictOf("drift", {
      matrix: (matrix) => ({
        ...matrix,
        features: matrix.features.map((column, i) => (i === 1 ? column.map((value, row) => value + row / 10) : column)),
      }),
    });
    expect(found).toMatchObject({ status: "warn", items: ["rsi_5"] });
  });
});

describe("requireQuality", () => {
  const failing = reportOf({
    bars: ({ volume, low }) => {
      volume.fill(-1, 9, 10);
      low.fill(0, 50, 51);
    },
  });

  it("stops a failed matrix and names each failed check", () => {
    expect(() => requireQuality(failing, { force: false })).toThrowError(
      expect.objectContaining({ code: "QUALITY_FAILED", facts: { failed: ["price_sanity", "non_negative_volume"] } }),
    );
  });
  it("lets a forced one pass and returns what was overruled", () => {
    expect(requireQuality(failing, { force: true })).toEqual(["price_sanity", "non_negative_volume"]);
  });
  it("has nothing to say about warnings", () => {
    expect(requireQuality(reportOf({ bars: ({ volume }) => volume.fill(0, 5, 6) }), { force: false })).toEqual([]);
  });
});

describe("populationStability", () => {
  it("is the sum of (q - p) ln(q / p) over the base's bins", () => {
    const base = Float64Array.from({ length: 200 }, (_, i) => i % 2);
    const other = Float64Array.from({ length: 200 }, (_, i) => (i % 4 === 0 ? 1 : 0));
    // p = (.5, .5), q = (.75, .25): .25 ln 1.5 + -.25 ln .5 = 0.27465307216702745
    expect(populationStability(base, other)).toBeCloseTo(0.27465307216702745, 12);
    expect(populationStability(base, base)).toBe(0);
  });
  it("is unknown under 100 values", () => {
    expect(populationStability(new Float64Array(99), new Float64Array(500))).toBeNaN();
  });
});
