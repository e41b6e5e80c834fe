import type { TableColumn, TableColumnType } from "../core/parquet-table.ts";
import type { Matrix } from "./matrix.ts";

/** What a column is for: `key` names the row, `price` is the bar, `feature` may be learned from, `label` must not be. */
export type ColumnGroup = "key" | "price" | "feature" | "label";

export interface MatrixColumn extends TableColumn {
  readonly group: ColumnGroup;
  readonly unit: string;
}

interface FixedColumn {
  readonly name: string;
  readonly field: Exclude<keyof Matrix, "info" | "rows" | "features" | "symbolIndex">;
  readonly type: TableColumnType;
  readonly group: ColumnGroup;
  readonly unit: string;
}

const BEFORE_FEATURES: readonly FixedColumn[] = [
  { name: "ts", field: "ts", type: "time", group: "key", unit: "utc_ms" },
  { name: "bar_start", field: "barStart", type: "time", group: "key", unit: "utc_ms" },
  { name: "session_date", field: "sessionDate", type: "date", group: "key", unit: "date" },
  { name: "hour_et", field: "hourEt", type: "int32", group: "key", unit: "hour" },
  { name: "day_of_week", field: "dayOfWeek", type: "int32", group: "key", unit: "weekday" },
  { name: "open", field: "open", type: "double", group: "price", unit: "price" },
  { name: "high", field: "high", type: "double", group: "price", unit: "price" },
  { name: "low", field: "low", type: "double", group: "price", unit: "price" },
  { name: "close", field: "close", type: "double", group: "price", unit: "price" },
  { name: "volume", field: "volume", type: "double", group: "price", unit: "volume" },
  { name: "factor", field: "factor", type: "double", group: "price", unit: "ratio" },
];

const AFTER_FEATURES: readonly FixedColumn[] = [
  { name: "y", field: "y", type: "double", group: "label", unit: "class" },
  { name: "ret_fwd", field: "retFwd", type: "double", group: "label", unit: "fraction" },
  { name: "t1", field: "t1", type: "time", group: "label", unit: "utc_ms" },
  { name: "label_unit", field: "labelUnit", type: "double", group: "label", unit: "fraction" },
];

/** Which symbol a row is of: a column of its own where a matrix has several. */
export const SYMBOL_COLUMN = "symbol";

/** The weekday is a key of every row and, when the features ask for it, a feature too: stored once. */
const SHARED_KEY_FEATURES: ReadonlySet<string> = new Set(["day_of_week"]);

/** Names that no computed column may take. */
export const RESERVED_COLUMNS: ReadonlySet<string> = new Set(
  [SYMBOL_COLUMN, ...[...BEFORE_FEATURES, ...AFTER_FEATURES].map((column) => column.name)].filter((name) => !SHARED_KEY_FEATURES.has(name)),
);

export const fixedColumns = (): readonly FixedColumn[] => [...BEFORE_FEATURES, ...AFTER_FEATURES];

/** All columns in the order of the file: keys, prices, features, label. */
export function matrixColumns(matrix: Matrix): MatrixColumn[] {
  const fixed = ({ name, field, type, group, unit }: FixedColumn): MatrixColumn => ({ name, type, group, unit, values: matrix[field] });
  const features = matrix.info.features.flatMap(({ name, unit }, i): MatrixColumn[] =>
    SHARED_KEY_FEATURES.has(name) ? [] : [{ name, type: "double", group: "feature", unit, values: matrix.features[i]! }],
  );
  const [ts, ...keys] = BEFORE_FEATURES.map(fixed);
  return [ts!, ...symbolColumn(matrix), ...keys, ...features, ...AFTER_FEATURES.map(fixed)];
}

function symbolColumn({ info: { symbols }, symbolIndex }: Matrix): MatrixColumn[] {
  if (symbols.length === 1) return [];
  return [{ name: SYMBOL_COLUMN, type: "text", group: "key", unit: "symbol", values: symbolIndex, words: symbols }];
}
