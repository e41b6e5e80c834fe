/** How the cells of a column read. */
export type CellKind = "number" | "time" | "text";

/** One of our columns: how its cells read and where it is found in a user's file. */
export interface FieldSpec {
  readonly kind: CellKind;
  /** The source must have the column. */
  readonly required: boolean;
  /** An empty cell means unknown; otherwise it is a fault. */
  readonly mayBeEmpty: boolean;
  /** Names that are recognised without a mapping, in order of preference, in lower case. */
  readonly usualNames: readonly string[];
}

export type FieldSpecs<F extends string> = Readonly<Record<F, FieldSpec>>;

/** Our column to the source's; null = the source's column of a usual name is not meant. */
export type FieldMap<F extends string> = { readonly [field in F]?: string | null | undefined };

/** In which order a date with slashes is written: `2024-07-01`, `07/01/2024`, `01/07/2024`. */
export const DATE_ORDERS = ["year_first", "month_first", "day_first"] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** How the text of a user's file is to be read. */
export interface TableFormat {
  /** The source's name in messages. */
  readonly name: string;
  /** IANA zone of times that carry none. Default `America/New_York`. */
  readonly timezone?: string | undefined;
  /** What separates the cells of a CSV line; by default the header tells. */
  readonly delimiter?: string | undefined;
  readonly dates?: DateOrder | undefined;
  /** Texts that stand for an empty cell, such as `.` or `NA`. */
  readonly emptyCells?: readonly string[] | undefined;
}

/** Times of a column. */
export interface TimeColumn {
  /** UTC milliseconds; NaN = empty. */
  readonly utcMs: Float64Array;
  /** The date, as a number, where the cell has no time of day (or midnight); NaN where it has one. */
  readonly date: Float64Array;
}

/** Texts of a column: the distinct ones, and each row's index into them. An empty cell is the text "". */
export interface TextColumn {
  readonly codes: Int32Array;
  readonly values: readonly string[];
}

/** One cell that could not be read. */
export interface CellFault {
  /** 1-based line or row. */
  readonly position: number;
  readonly column: string;
  readonly issue: string;
}

/** The rows of a user's file, in typed columns. Rows with a cell that could not be read are in `faults` only. */
export interface SourceTable<F extends string = string> {
  readonly name: string;
  /** What a position counts: lines of a CSV (the header is line 1), rows of a Parquet file. */
  readonly place: "line" | "row";
  readonly length: number;
  /** 1-based line or row of each row. */
  readonly position: Float64Array;
  /** Columns that the source has; an empty number is NaN. */
  readonly numbers: { readonly [field in F]?: Float64Array };
  readonly times: { readonly [field in F]?: TimeColumn };
  readonly texts: { readonly [field in F]?: TextColumn };
  /** The source's name of each column; our own where it has none. */
  readonly columnNames: Readonly<Record<F, string>>;
  /** The first twenty cells that could not be read, and how many there are. */
  readonly faults: readonly CellFault[];
  readonly faultCount: number;
  /** Whether the source has a column `simulated`: what `sigma data simulate` wrote stays marked wherever it is brought. */
  readonly simulated: boolean;
}
