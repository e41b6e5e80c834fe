import type { Bars, Cadence } from "../core/bars.ts";
import type { BarColumn } from "./bar-checks.ts";
import type { DateOrder, FieldMap, FieldSpec, FieldSpecs, TableFormat } from "./source/source-table.ts";

/** How a user's series is to be read. */
export interface BarSourceOptions {
  readonly symbol: string;
  readonly cadence: Cadence;
  /** Our column to the source's column. What is not named is recognised by its usual names. */
  readonly map?: FieldMap<BarColumn> | undefined;
  /** IANA zone of stamps that carry none. Default `America/New_York`. */
  readonly timezone?: string | undefined;
  /** Whether a stamp marks the bar's start (default) or its end. */
  readonly barLabel?: "start" | "end" | undefined;
  readonly delimiter?: string | undefined;
  readonly dates?: DateOrder | undefined;
  readonly emptyCells?: readonly string[] | undefined;
  /** The source's name in messages and notes. */
  readonly name?: string | undefined;
}

/** A user's series after it was read and checked. */
export interface ParsedBars {
  readonly bars: Bars;
  /** What was left out or is missing, in plain sentences. Nothing is changed silently. */
  readonly notes: readonly string[];
  /** Rows of the source, and how many of them became no bar. */
  readonly sourceRows: number;
  readonly droppedRows: number;
  /** Columns that the source lacks: `volume` (NaN in every row), `factor` (1 in every row). */
  readonly absent: readonly BarColumn[];
  /** What a reader must know, such as `price_return_only`; sorted. */
  readonly stamps: readonly string[];
}

const number = (required: boolean, mayBeEmpty: boolean, ...usualNames: string[]): FieldSpec => ({
  kind: "number",
  required,
  mayBeEmpty,
  usualNames,
});

/** The columns of a file of bars. */
export const BAR_FIELDS: FieldSpecs<BarColumn> = {
  ts: {
    kind: "time",
    required: true,
    mayBeEmpty: false,
    usualNames: ["ts", "timestamp", "timestamp_utc", "time", "date", "datetime"],
  },
  open: number(true, false, "open"),
  high: number(true, false, "high"),
  low: number(true, false, "low"),
  close: number(true, false, "close"),
  volume: number(false, true, "volume"),
  factor: number(false, false, "adj_factor", "factor"),
};

/** The columns of a file of index levels: the level itself is enough, and a row without one says nothing. */
export const LEVEL_FIELDS: FieldSpecs<BarColumn> = {
  ...BAR_FIELDS,
  open: number(false, true, "open"),
  high: number(false, true, "high"),
  low: number(false, true, "low"),
  close: number(true, true, "close", "level", "value"),
};

export const BAR_COLUMNS = Object.keys(BAR_FIELDS) as BarColumn[];

/** How the text of the source reads. */
export const formatOf = ({ symbol, name = symbol, timezone, delimiter, dates, emptyCells }: BarSourceOptions): TableFormat => ({
  name,
  timezone,
  delimiter,
  dates,
  emptyCells,
});
