import type { Bars } from "../core/bars.ts";
import { sessionDateOf } from "../core/time.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { type BarTable, buildTable, type SlowTableBuilder, type TableBuilder } from "./build-table.ts";
import { indicatorSetSha, MATRIX_SCHEMA_VERSION, matrixSha } from "./fingerprint.ts";
import { labelClasses } from "./label.schema.ts";
import type { FeatureInfo, Matrix, MatrixInfo } from "./matrix.ts";
import { dataSources, dataUntil, type MatrixData } from "./matrix-data.ts";
import { type MatrixSpec, readWindow } from "./matrix-spec.ts";
import { filterRows } from "./slice-matrix.ts";
import { isMember } from "./universe/membership.ts";

/** The data that a matrix may know, its table, and where its rows start. */
export interface MatrixSource {
  /** Everything known by the end of the window's last bar. Bars before its start warm indicators up. */
  readonly data: MatrixData;
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
export function buildMatrix(spec: MatrixSpec, data: MatrixData): Matrix {
  return matrixOf(spec, prepareMatrix(spec, data));
}

/** The first half of a build: what the leak test rebuilds and the rows are cut from. Throws as `buildMatrix`. */
export function prepareMatrix(spec: MatrixSpec, data: MatrixData, build: TableBuilder = buildTable): MatrixSource {
  const { known, firstRow } = knownData(spec, data);
  return { data: known, table: build(spec, known), firstRow };
}

/** As `prepareMatrix`, with a builder that may take its time. */
export async function prepareMatrixWith(spec: MatrixSpec, data: MatrixData, build: SlowTableBuilder): Promise<MatrixSource> {
  const { known, firstRow } = knownData(spec, data);
  return { data: known, table: await build(spec, known), firstRow };
}

/** What was known by the end of the window's last bar, and the window's first bar. */
function knownData(spec: MatrixSpec, data: MatrixData): { readonly known: MatrixData; readonly firstRow: number } {
  requireSeries(spec, data);
  const { bars } = data.series;
  const { first, last } = windowRange(spec, bars);
  return { known: dataUntil(data, bars.end[last - 1]!), firstRow: first };
}

/**
 * The bars of a spec's window, as a half-open range of indices.
 *
 * @throws HISTORY_TOO_SHORT when there is none
 */
export function windowRange(spec: Pick<MatrixSpec, "symbol" | "window">, bars: Bars): { readonly first: number; readonly last: number } {
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
export function matrixOf(spec: MatrixSpec, { data, table, firstRow }: MatrixSource): Matrix {
  const { bars } = data.series;
  const rows = (column: Float64Array): Float64Array => column.slice(firstRow);
  const dayOfWeek = rows(table.dayOfWeek);
  const length = bars.length - firstRow;
  const whole: Matrix = {
    info: matrixInfo(spec, table.info, [spec.symbol], spec.membership === null ? null : [spec.membership.stays]),
    rows: length,
    ts: rows(bars.end),
    symbolIndex: new Float64Array(length),
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
    labelUnit: rows(table.label.unit),
  };
  const { membership } = spec;
  return membership === null ? whole : filterRows(whole, (row) => isMember(membership, whole.sessionDate[row]!));
}

/** What is said of a matrix of these features. */
export function matrixInfo(
  spec: MatrixSpec,
  features: readonly FeatureInfo[],
  symbols: readonly string[],
  stays: MatrixInfo["stays"],
): MatrixInfo {
  return {
    schemaVersion: MATRIX_SCHEMA_VERSION,
    matrixSha: matrixSha(spec),
    symbol: spec.universe?.name ?? spec.symbol,
    symbols,
    stays,
    cadence: spec.cadence,
    label: spec.label,
    classes: labelClasses(spec.label),
    features,
    series: { ...spec.series, stamps: spec.stamps },
    trainHours: spec.trainHours,
    indicatorSetSha: indicatorSetSha(spec),
    calendarVersion: spec.calendarVersion,
  };
}

function requireSeries(spec: MatrixSpec, data: MatrixData): void {
  const { bars } = data.series;
  const mismatch = (what: string, wanted: string, found: string): SigmaError =>
    new SigmaError("INVALID_PARAM", `The matrix asks for ${what} "${wanted}", the series has "${found}".`, { wanted, found });
  if (bars.symbol !== spec.symbol) throw mismatch("the symbol", spec.symbol, bars.symbol);
  if (bars.cadence !== spec.cadence) throw mismatch("the cadence", spec.cadence, bars.cadence);
  const found = dataSources(data);
  for (const [i, { role, symbol, facts }] of spec.sources.entries())
    if (found[i]?.facts.fingerprint !== facts.fingerprint)
      throw mismatch(`the ${role} data of ${symbol}`, facts.fingerprint, found[i]?.facts.fingerprint ?? "none");
}
