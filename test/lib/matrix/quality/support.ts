import type { Bars, Cadence } from "#lib/core/bars.ts";
import type { IndicatorEntry } from "#lib/indicators/resolve.ts";
import { buildMatrix } from "#lib/matrix/build-matrix.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { barsOnly, type MatrixData } from "#lib/matrix/matrix-data.ts";
import type { MatrixConfig } from "#lib/matrix/matrix-spec.ts";
import { assessQuality } from "#lib/matrix/quality/assess-quality.ts";
import type { QualityReport, Verdict } from "#lib/matrix/quality/quality.schema.ts";
import { FACTS, randomSeries, specOf } from "../fixtures.ts";

export const scaleFree: readonly IndicatorEntry[] = [
  { name: "ret", window: 1 },
  { name: "rsi", window: 5 },
  { name: "zscore", window: 10 },
];

/** What is done to a sound series of 600 bars before its matrix is judged. */
export interface Options {
  readonly cadence?: Cadence;
  readonly config?: Partial<MatrixConfig>;
  readonly entries?: readonly IndicatorEntry[];
  /** Changes copies of the columns before the build. */
  readonly bars?: (bars: { -readonly [K in keyof Bars]: Bars[K] }) => void;
  /** Changes the finished matrix. */
  readonly matrix?: (matrix: Matrix) => Matrix;
  /** What else the matrix is said to be made from. */
  readonly data?: (matrix: Matrix) => Partial<MatrixData>;
}

export function reportOf({
  cadence = "daily",
  config = {},
  entries = scaleFree,
  bars: change,
  matrix: finish,
  data,
}: Options = {}): QualityReport {
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
  const own = barsOnly({ bars, facts: FACTS });
  const spec = specOf(cadence === "daily" ? config : { cadence: "hourly", horizon: "intraday", ...config }, entries);
  const built = buildMatrix(spec, own);
  const matrix = finish ? finish(built) : built;
  return assessQuality(spec, matrix, { ...own, ...data?.(matrix) });
}

export const verdictOf = (check: string, options: Options = {}): Verdict => {
  const found = reportOf(options).verdicts.find((verdict) => verdict.check === check);
  if (!found) throw new Error(`no verdict ${check}`);
  return found;
};

/** A feature more, said to be of an indicator. */
export const withFeature =
  (indicator: string, values: (row: number, matrix: Matrix) => number, name = `planted_${indicator}`): NonNullable<Options["matrix"]> =>
  (matrix) => ({
    ...matrix,
    info: { ...matrix.info, features: [...matrix.info.features, { name, indicator, version: 1, unit: "ratio" }] },
    features: [...matrix.features, Float64Array.from({ length: matrix.rows }, (_, row) => values(row, matrix))],
  });
