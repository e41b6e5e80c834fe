import type { Cadence, SeriesFacts } from "../core/bars.ts";
import type { Label } from "./label.schema.ts";

/** A feature column's origin, for importance tables, docs and NaN statistics. */
export interface FeatureInfo {
  readonly name: string;
  /** The indicator that produced it, with its integer version; `calendar` columns have version 1. */
  readonly indicator: string;
  readonly version: number;
  readonly unit: string;
}

/** One stay of a symbol in a universe. Half-open session dates as numbers; null = open. */
export interface UniverseStay {
  readonly from: number | null;
  /** First session after the stay. */
  readonly to: number | null;
  /** What holders got after the last close when the symbol was delisted, a fraction; null = it was not, or nobody knows. */
  readonly delistingReturn: number | null;
}

/** What a matrix is, beside its numbers. Stored as the manifest and inside the Parquet file. */
export interface MatrixInfo {
  readonly schemaVersion: 3;
  /** SHA-256 of the inputs: the matrix's name. Same inputs, same name, same numbers. */
  readonly matrixSha: string;
  /** The symbol, or the universe's name. */
  readonly symbol: string;
  /** The symbols that rows are of, in the order of `symbolIndex`: one, or the members of the universe. */
  readonly symbols: readonly string[];
  /** For each symbol when it belonged to the universe; null where the matrix is of no universe. */
  readonly stays: readonly (readonly UniverseStay[])[] | null;
  readonly cadence: Cadence;
  readonly label: Label;
  /** Label values, ascending: [-1, 1] or [-1, 0, 1]; empty for a regression. */
  readonly classes: readonly number[];
  readonly features: readonly FeatureInfo[];
  readonly series: SeriesFacts;
  /** Row hours (New York) that may be used to fit; null = all. */
  readonly trainHours: readonly number[] | null;
  readonly indicatorSetSha: string;
  readonly calendarVersion: number;
}

/**
 * One row for each bar of the window (of each member of a universe), sorted by decision time and then symbol, unique. Every array has `rows` entries; NaN = unknown.
 * Rows whose label is not yet known have `y`, `retFwd` and `t1` NaN: kept for prediction, dropped for fitting. A row may
 * have a return but no class (`y` alone NaN): an exactly zero return without a band, or a band whose sigma is unknown.
 */
export interface Matrix {
  readonly info: MatrixInfo;
  readonly rows: number;
  /** Decision time: the bar's end, UTC milliseconds. Nothing later was used for the row's features. */
  readonly ts: Float64Array;
  /** Index into `info.symbols`. */
  readonly symbolIndex: Float64Array;
  /** The bar's start, UTC milliseconds. */
  readonly barStart: Float64Array;
  /** New York session date as a number, 20240701. */
  readonly sessionDate: Float64Array;
  /** New York hour of the bar's start. */
  readonly hourEt: Float64Array;
  /** Monday = 0. */
  readonly dayOfWeek: Float64Array;
  /** Raw prices and volume of the bar, and the cumulative adjustment factor (1 without actions). */
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly factor: Float64Array;
  /** In the order of `info.features`. */
  readonly features: readonly Float64Array[];
  /** Label value (-1, 0, 1), or the return itself for a regression. */
  readonly y: Float64Array;
  /** Forward return that the label stands for, a fraction, on adjusted prices, from the label's entry reference. */
  readonly retFwd: Float64Array;
  /** Label end time, UTC milliseconds: drives purging. */
  readonly t1: Float64Array;
  /**
   * What is known at the decision of the question that the label puts: NaN where it puts none, so that no trade may be decided
   * there; the sigma in which a triple barrier's distances count, a fraction; 1 for all other labels.
   */
  readonly labelUnit: Float64Array;
}

/** A matrix whose every column went through one function; `rows` is the length that the results have. */
export function mapColumns(matrix: Matrix, rows: number, change: (column: Float64Array) => Float64Array): Matrix {
  return {
    info: matrix.info,
    rows,
    ts: change(matrix.ts),
    symbolIndex: change(matrix.symbolIndex),
    barStart: change(matrix.barStart),
    sessionDate: change(matrix.sessionDate),
    hourEt: change(matrix.hourEt),
    dayOfWeek: change(matrix.dayOfWeek),
    open: change(matrix.open),
    high: change(matrix.high),
    low: change(matrix.low),
    close: change(matrix.close),
    volume: change(matrix.volume),
    factor: change(matrix.factor),
    features: matrix.features.map(change),
    y: change(matrix.y),
    retFwd: change(matrix.retFwd),
    t1: change(matrix.t1),
    labelUnit: change(matrix.labelUnit),
  };
}
