import type { Bars, PriceSeries } from "../core/bars.ts";
import { sessionDateOf } from "../core/time.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { sliceBars } from "./bars-window.ts";
import { type BarTable, buildTable, type TableBuilder } from "./build-table.ts";
import { indicatorSetSha, MATRIX_SCHEMA_VERSION, matrixSha } from "./fingerprint.ts";
import { labelClasses } from "./label.schema.ts";
import type { Matrix } from "./matrix.ts";
import { type MatrixSpec, readWindow } from "./matrix-spec.ts";

/** The bars that a matrix may know, its table, and where its rows start. */
export interface MatrixSource {
  /** Every bar before the window's end. Bars before its start warm indicators up. */
  readonly bars: Bars;
  readonly table: BarTable;
  /** Index of the window's first bar. */
  readonly firstRow: number;
}

/**
 * The feature and label table of a window: one row for each bar, decided at the bar's end.
 *
 * Indicators and labels are computed on the whole history that ends with the window, then the window's bars become
 * rows. Bars after the window are never read, not even for labels: the last rows' labels are NaN.
 *
 * @throws INVALID_PARAM when the series is not the one that the spec names
 * @throws HISTORY_TOO_SHORT when the window holds no bar
 * @throws DATA_INVALID when an adjustment factor is not positive
 */
export function buildMatrix(spec: MatrixSpec, series: PriceSeries): Matrix {
  return matrixOf(spec, prepareMatrix(spec, series));
}

/** The first half of a build: what the leak test rebuilds and the rows are cut from. Throws as `buildMatrix`. */
export function prepareMatrix(spec: MatrixSpec, series: PriceSeries, build: TableBuilder = buildTable): MatrixSource {
  requireSeries(spec, series);
  const { first, last } = windowRange(spec, series.bars);
  const bars = sliceBars(series.bars, 0, last);
  return { bars, table: build(spec, bars), firstRow: first };
}

/**
 * The bars of a spec's window, as a half-open range of indices.
 *
 * @throws HISTORY_TOO_SHORT when there is none
 */
export function windowRange(spec: MatrixSpec, bars: Bars): { readonly first: number; readonly last: number } {
  const { start, end } = readWindow(spec);
  let last = bars.length;
  while (last > 0 && sessionDateOf(bars.start[last - 1]!) >= end) last -= 1;
  let first = 0;
  while (first < last && sessionDateOf(bars.start[first]!) < start) first += 1;
  if (first < last) return { first, last };
  const range = `"${spec.window.start ?? "first bar"}" to "${spec.window.end ?? "last bar"}"`;
  throw new SigmaError(
    "HISTORY_TOO_SHORT",
    `The window ${range} holds no bar of "${spec.symbol}" (${bars.length} bars in all). Widen it.`,
    {
      symbol: spec.symbol,
      bars: bars.length,
    },
  );
}

/** The second half of a build: the window's rows. */
export function matrixOf(spec: MatrixSpec, { bars, table, firstRow }: MatrixSource): Matrix {
  const rows = (column: Float64Array): Float64Array => column.slice(firstRow);
  const dayOfWeek = rows(table.dayOfWeek);
  return {
    info: {
      schemaVersion: MATRIX_SCHEMA_VERSION,
      matrixSha: matrixSha(spec),
      symbol: spec.symbol,
      cadence: spec.cadence,
      label: spec.label,
      classes: labelClasses(spec.label),
      features: table.info,
      series: spec.series,
      trainHours: spec.trainHours,
      indicatorSetSha: indicatorSetSha(spec),
      calendarVersion: spec.calendarVersion,
    },
    rows: bars.length - firstRow,
    ts: rows(bars.end),
    barStart: rows(bars.start),
    sessionDate: rows(table.sessionDate),
    hourEt: rows(table.hourEt),
    dayOfWeek,
    open: rows(bars.open),
    high: rows(bars.high),
    low: rows(bars.low),
    close: rows(bars.close),
    volume: rows(bars.volume),
    factor: rows(bars.factor),
    features: table.features.map((column, i) => (table.info[i]!.name === "day_of_week" ? dayOfWeek : rows(column))),
    y: rows(table.label.y),
    retFwd: rows(table.label.retFwd),
    t1: rows(table.label.t1),
  };
}

function requireSeries(spec: MatrixSpec, { bars, facts }: PriceSeries): void {
  const mismatch = (what: string, wanted: string, found: string): SigmaError =>
    new SigmaError("INVALID_PARAM", `The matrix asks for ${what} "${wanted}", the series has "${found}".`, { wanted, found });
  if (bars.symbol !== spec.symbol) throw mismatch("the symbol", spec.symbol, bars.symbol);
  if (bars.cadence !== spec.cadence) throw mismatch("the cadence", spec.cadence, bars.cadence);
  if (facts.fingerprint !== spec.series.fingerprint) throw mismatch("the data", spec.series.fingerprint, facts.fingerprint);
}
