import { SigmaError } from "../../errors/sigma-error.ts";
import type { Manifest } from "../manifest.schema.ts";
import type { Matrix } from "../matrix.ts";
import { populationStability } from "../quality/drift.ts";
import { correlate } from "./correlation.ts";
import { type Periods, periodsOf } from "./periods.ts";
import type { ColumnProfile, MatrixProfile } from "./profile.schema.ts";

/** Most values that one answer looks at. */
const MOST_VALUES = 30_000_000;

/** @throws UNPROCESSABLE when the matrix is too large to be profiled in one request */
export function requireProfilable({ rows, info, matrix_sha }: Pick<Manifest, "rows" | "info" | "matrix_sha">): void {
  const values = rows * info.features.length;
  if (values <= MOST_VALUES) return;
  throw new SigmaError(
    "UNPROCESSABLE",
    `The matrix has ${values} feature values; a profile looks at ${MOST_VALUES} at most. Download it: GET /matrices/{matrix_sha}/download.`,
    { matrix_sha, values },
  );
}

/**
 * How a matrix's columns are distributed over time and among each other. Features only: how they relate to the label is
 * left to the evaluation, which keeps the holdout out of sight.
 */
export function profileMatrix(matrix: Matrix): MatrixProfile {
  const { info, rows, features, y } = matrix;
  const periods = periodsOf(matrix.sessionDate);
  const counts = rowsOf(periods);
  const { columns, rows: read, lower } = correlate(features);
  return {
    schema_version: 1,
    matrix_sha: info.matrixSha,
    rows,
    period_unit: periods.unit,
    periods: labelsOf(matrix, periods, counts),
    label_psi: shift(y),
    columns: features.map((values, i) => ({ ...pick(info.features[i]!), ...columnOf(values, periods, counts) })),
    correlation: {
      columns: info.features.slice(0, columns).map(({ name }) => name),
      rows: read,
      lower: lower.map((row) => Array.from(row, (value) => (Number.isNaN(value) ? null : Math.round(value * 1000) / 1000))),
    },
  };
}

const pick = ({ name, indicator, unit }: Matrix["info"]["features"][number]) => ({ name, indicator, unit });

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** The last third of the rows against the first. */
function shift(column: Float64Array): number | null {
  const third = Math.floor(column.length / 3);
  return orNull(populationStability(column.subarray(0, third), column.subarray(column.length - third)));
}

function rowsOf({ names, of }: Periods): Int32Array {
  const counts = new Int32Array(names.length);
  for (const period of of) counts[period]! += 1;
  return counts;
}

function labelsOf({ y, info }: Matrix, { names, of }: Periods, counts: Int32Array): MatrixProfile["periods"] {
  const labelled = new Int32Array(names.length);
  const byClass = info.classes.map((value) => ({ value, rows: new Int32Array(names.length) }));
  for (let row = 0; row < y.length; row++) {
    const value = y[row]!;
    if (Number.isNaN(value)) continue;
    labelled[of[row]!]! += 1;
    const found = byClass.find((each) => each.value === value);
    if (found !== undefined) found.rows[of[row]!]! += 1;
  }
  return names.map((name, i) => ({
    name,
    rows: counts[i]!,
    labelled: labelled[i]!,
    classes: Object.fromEntries(byClass.map(({ value, rows }) => [String(value), rows[i]!])),
  }));
}

function columnOf(values: Float64Array, { names, of }: Periods, counts: Int32Array): Omit<ColumnProfile, "name" | "indicator" | "unit"> {
  const unknown = new Int32Array(names.length);
  let known = 0;
  let mean = 0;
  let squares = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isFinite(value)) {
      unknown[of[row]!]! += 1;
      continue;
    }
    known += 1;
    const step = value - mean;
    mean += step / known;
    squares += step * (value - mean);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return {
    known,
    unknown_share: Array.from(unknown, (count, i) => count / counts[i]!),
    mean: known === 0 ? null : mean,
    sd: known < 2 ? null : Math.sqrt(squares / (known - 1)),
    min: orNull(min),
    max: orNull(max),
    psi: shift(values),
  };
}
