import { matrixOf, prepareMatrixWith } from "./build-matrix.ts";
import type { SlowTableBuilder } from "./build-table.ts";
import type { LeakageReport } from "./leakage.schema.ts";
import { checkLeakage, requireNoLeakage } from "./leakage.ts";
import type { Matrix } from "./matrix.ts";
import type { MatrixData } from "./matrix-data.ts";
import type { MatrixSpec } from "./matrix-spec.ts";
import { assessQuality } from "./quality/assess-quality.ts";
import type { QualityReport } from "./quality/quality.schema.ts";

/** A matrix with what was found about it. */
export interface CheckedMatrix {
  readonly matrix: Matrix;
  readonly quality: QualityReport;
  readonly leakage: LeakageReport;
}

/**
 * Builds one symbol's matrix, proves with the same builder that nothing in it looks ahead, and judges its data. Whether the
 * quality stops the build is its caller's word: a force may overrule it, but never a leak.
 *
 * @param builder - how features and labels come from data
 * @throws LEAKAGE_DETECTED naming the column that uses the future
 * @throws INVALID_PARAM | HISTORY_TOO_SHORT | DATA_INVALID as `buildMatrix`
 */
export async function buildCheckedMatrix(spec: MatrixSpec, data: MatrixData, builder: SlowTableBuilder): Promise<CheckedMatrix> {
  const source = await prepareMatrixWith(spec, data, builder);
  const leakage = await checkLeakage(spec, source.data, source.table, builder);
  requireNoLeakage(leakage);
  const matrix = matrixOf(spec, source);
  return { matrix, leakage, quality: assessQuality(spec, matrix, source.data) };
}
