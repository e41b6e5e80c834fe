import { tableBuilderWith } from "#lib/matrix/build-table.ts";
import { buildCheckedMatrix, type CheckedMatrix } from "#lib/matrix/checked-build.ts";
import type { LeakageReport } from "#lib/matrix/leakage.schema.ts";
import { checkLeakage, mergeLeakage, requireNoLeakage } from "#lib/matrix/leakage.ts";
import type { Manifest } from "#lib/matrix/manifest.schema.ts";
import { requireQuality } from "#lib/matrix/quality/assess-quality.ts";
import { assessUniverse } from "#lib/matrix/quality/assess-universe.ts";
import { storeMatrix } from "#lib/matrix/store-matrix.ts";
import { prepareUniverse, universeMatrixOf } from "#lib/matrix/universe/build-universe.ts";
import type { ModelContext } from "./model-context.ts";
import type { StepPorts } from "./ports.ts";

/**
 * Builds a model's matrix, proves that nothing in it looks ahead, judges its data and stores it under its input digest.
 *
 * @param force - accept failed quality checks, which is recorded, and write over what is stored
 * @throws LEAKAGE_DETECTED, QUALITY_FAILED, SINGLE_CLASS
 */
export async function buildModelMatrix(ports: StepPorts, context: ModelContext, force: boolean): Promise<Manifest> {
  const { spec, data } = context;
  const builder = tableBuilderWith(ports.computeColumns);
  const built = await (spec.universe === null ? buildCheckedMatrix(spec, data[0]!, builder) : buildUniverse(context));
  const forced = requireQuality(built.quality, { force });
  const { quality, leakage } = built;
  return storeMatrix(ports.artifacts, context.prefix, built.matrix, { spec, quality, leakage, forced }, { replace: force });
}

/** Every member's table is proven by itself; the first leak of any of them stops the build. */
async function buildUniverse({ spec, data }: ModelContext): Promise<CheckedMatrix> {
  const parts = prepareUniverse(spec, data);
  const reports: LeakageReport[] = [];
  for (const { spec: part, source } of parts) {
    const report = await checkLeakage(part, source.data, source.table);
    requireNoLeakage(report);
    reports.push(report);
  }
  const matrix = universeMatrixOf(spec, parts);
  return { matrix, leakage: mergeLeakage(reports), quality: assessUniverse(parts, matrix) };
}
