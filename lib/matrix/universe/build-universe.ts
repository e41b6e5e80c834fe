import type { PriceSeries } from "../../core/bars.ts";
import { sessionDateOf } from "../../core/time.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import { type MatrixSource, matrixInfo, matrixOf, prepareMatrix, windowRange } from "../build-matrix.ts";
import { buildTable, type TableBuilder } from "../build-table.ts";
import { type Matrix, mapColumns } from "../matrix.ts";
import { dataSources, type MatrixData, type UniverseSeries } from "../matrix-data.ts";
import type { MatrixSpec } from "../matrix-spec.ts";
import { isMember, type Membership } from "./membership.ts";

/** One member of a universe: its own spec, its data and its table. */
export interface UniversePart {
  readonly spec: MatrixSpec;
  readonly source: MatrixSource;
}

/**
 * The first half of a universe's build: a table for each member that has a bar in the window while it is one.
 *
 * @param data - each member's data, in the order of the spec's members
 * @throws HISTORY_TOO_SHORT when no member has a bar in the window
 */
export function prepareUniverse(spec: MatrixSpec, data: readonly MatrixData[], build: TableBuilder = buildTable): UniversePart[] {
  const { name, members } = universeOf(spec);
  const universe = members.map((membership, i): UniverseSeries => ({ membership, series: data[i]!.series }));
  const parts = members.flatMap((membership, i): UniversePart[] => {
    const own: MatrixData = { ...data[i]!, universe };
    const part = memberSpec(spec, membership, own);
    if (!hasRows(part, membership, own.series)) return [];
    return [{ spec: part, source: prepareMatrix(part, own, build) }];
  });
  if (parts.length > 0) return parts;
  throw new SigmaError("HISTORY_TOO_SHORT", `No member of the universe "${name}" has a bar in the window. Widen it.`, { universe: name });
}

/** The spec of one member's table. */
export function memberSpec(spec: MatrixSpec, membership: Membership, data: MatrixData): MatrixSpec {
  const sources = dataSources(data);
  return { ...spec, symbol: membership.symbol, sources, series: sources[0]!.facts, membership, universe: null };
}

/** The second half: the rows of all members in one frame, by decision time and then by the members' order. */
export const universeMatrixOf = (spec: MatrixSpec, parts: readonly UniversePart[]): Matrix =>
  stackMatrices(
    spec,
    parts.map(({ spec: part, source }) => matrixOf(part, source)),
  );

/** The rows of one matrix a symbol in one frame, by decision time and then by the order of the matrices. */
export function stackMatrices(spec: MatrixSpec, matrices: readonly Matrix[]): Matrix {
  const rows = matrices.reduce((sum, matrix) => sum + matrix.rows, 0);
  const owner = new Int32Array(rows);
  const row = new Int32Array(rows);
  const ts = new Float64Array(rows);
  let next = 0;
  matrices.forEach((matrix, part) => {
    ts.set(matrix.ts, next);
    owner.fill(part, next, next + matrix.rows);
    for (let i = 0; i < matrix.rows; i++) row[next + i] = i;
    next += matrix.rows;
  });
  const order = Int32Array.from({ length: rows }, (_, i) => i).sort((a, b) => ts[a]! - ts[b]! || a - b);

  const merged = (columnOf: (matrix: Matrix) => Float64Array): Float64Array => {
    const columns = matrices.map(columnOf);
    const out = new Float64Array(rows);
    for (let i = 0; i < rows; i++) out[i] = columns[owner[order[i]!]!]![row[order[i]!]!]!;
    return out;
  };
  const first = matrices[0]!;
  const matrix: Matrix = {
    ...mapColumns(first, rows, () => new Float64Array(0)),
    info: matrixInfo(
      spec,
      first.info.features,
      matrices.map(({ info }) => info.symbol),
      matrices.map(({ info }) => info.stays?.[0] ?? []),
    ),
    symbolIndex: Float64Array.from(order, (i) => owner[i]!),
    features: first.features.map((_, f) => merged(({ features }) => features[f]!)),
  };
  const fields = [
    "ts",
    "barStart",
    "sessionDate",
    "hourEt",
    "dayOfWeek",
    "open",
    "high",
    "low",
    "close",
    "volume",
    "factor",
    "y",
    "retFwd",
    "t1",
    "labelUnit",
  ] as const;
  return { ...matrix, ...Object.fromEntries(fields.map((field) => [field, merged((part) => part[field])])) };
}

function universeOf(spec: MatrixSpec): NonNullable<MatrixSpec["universe"]> {
  if (spec.universe !== null) return spec.universe;
  throw new TypeError(`The matrix of "${spec.symbol}" is not one of a universe.`);
}

/** Whether a symbol has a bar in the window while it is a member. */
function hasRows(spec: MatrixSpec, membership: Membership, { bars }: PriceSeries): boolean {
  try {
    const { first, last } = windowRange(spec, bars);
    return bars.start.subarray(first, last).some((start) => isMember(membership, sessionDateOf(start)));
  } catch (error) {
    if (error instanceof SigmaError && error.code === "HISTORY_TOO_SHORT") return false;
    throw error;
  }
}
