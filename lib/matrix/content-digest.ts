import { createHash } from "node:crypto";
import { canonicalJson } from "../core/canonical-json.ts";
import { canonicalBytes } from "../core/canonical-nan.ts";
import type { Sha256 } from "../core/digest.ts";
import type { Matrix } from "./matrix.ts";
import { matrixColumns } from "./matrix-columns.ts";

/**
 * SHA-256 over the schema and the uncompressed columns: what a matrix says, whatever wrote its file. Compressed bytes
 * may differ between releases of the compressor, this digest does not; NaNs count as equal whatever their payload.
 */
export function contentDigest(matrix: Matrix): Sha256 {
  const columns = matrixColumns(matrix);
  const schema = {
    rows: matrix.rows,
    columns: columns.map(({ name, type, group, unit, words }) => ({ name, type, group, unit, ...(words ? { words: [...words] } : {}) })),
  };
  const hash = createHash("sha256").update(canonicalJson(schema));
  for (const { values } of columns) hash.update(canonicalBytes(values));
  return hash.digest("hex") as Sha256;
}
