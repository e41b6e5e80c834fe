import { canonicalJson } from "../core/canonical-json.ts";
import { writeTable } from "../core/write-parquet-table.ts";
import type { Matrix } from "./matrix.ts";
import { matrixColumns } from "./matrix-columns.ts";
import { INFO_KEY, matrixInfoToDocument } from "./matrix-info.schema.ts";

const COLUMNS_KEY = "sigma.columns";

/** The matrix as one Parquet file, with its lineage, units and column groups in the file's metadata. */
export function encodeMatrix(matrix: Matrix): Uint8Array {
  const columns = matrixColumns(matrix);
  return writeTable({
    rows: matrix.rows,
    columns,
    metadata: {
      [INFO_KEY]: canonicalJson(matrixInfoToDocument(matrix.info)),
      [COLUMNS_KEY]: canonicalJson(columns.map(({ name, group, unit }) => ({ name, group, unit }))),
    },
  });
}
