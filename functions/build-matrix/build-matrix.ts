import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { tableBuilderWith } from "#lib/matrix/build-table.ts";
import { buildCheckedMatrix, type CheckedMatrix } from "#lib/matrix/checked-build.ts";
import type { LeakageReport } from "#lib/matrix/leakage.schema.ts";
import { checkLeakage, mergeLeakage, requireNoLeakage } from "#lib/matrix/leakage.ts";
import type { Manifest } from "#lib/matrix/manifest.schema.ts";
import { requireQuality } from "#lib/matrix/quality/assess-quality.ts";
import { assessUniverse } from "#lib/matrix/quality/assess-universe.ts";
import { storeMatrix } from "#lib/matrix/store-matrix.ts";
import { findManifest } from "#lib/matrix/stored-manifest.ts";
import { prepareUniverse, universeMatrixOf } from "#lib/matrix/universe/build-universe.ts";
import { loadModelContext, type ModelContext, writeMatrixPointer } from "../shared/model-context.ts";
import type { StepPorts } from "../shared/ports.ts";
import { windowOf } from "../shared/request-run.ts";
import { untradable } from "../shared/require-tradable.ts";
import { defineStep, stepInput } from "../shared/step.ts";

/** The part of a run's request that a build reads; a pipeline's request carries more. */
const BuildMatrixInputSchema = z.strictObject({
  ...stepInput,
  pack_id: IdSchema,
  model_id: IdSchema,
  request: z.object({
    start: z.iso.date().nullable().optional(),
    end: z.iso.date().nullable().optional(),
    force: z.boolean().default(false).describe("Build anew, and accept failed quality checks, which is recorded"),
  }),
});

/**
 * State `BuildMatrix`: builds a model's matrix, proves that nothing in it looks ahead, judges its data, stores it
 * under its input digest and points the model to it. A matrix that is there already is returned at once.
 */
export const createBuildMatrix = defineStep({
  name: "BuildMatrix",
  input: BuildMatrixInputSchema,
  run: async (ports: StepPorts, { owner, pack_id, model_id, request }) => {
    const window = windowOf({ start: request.start ?? null, end: request.end ?? null });
    const context = await loadModelContext(ports, owner, pack_id, model_id, window);
    const stored = request.force ? undefined : await findManifest(ports.artifacts, context.prefix, context.matrixSha);
    // Who forced it has accepted its faults; this request has not.
    if (stored !== undefined) requireQuality(stored.quality, { force: false });
    const manifest = stored ?? (await build(ports, context, request.force));
    await writeMatrixPointer(ports, context);
    return resultOf(manifest, context, stored !== undefined);
  },
  // The whole run, or the first step of a pipeline that is planned later.
  expected: (_, { run_id }) => (run_id.startsWith("pipeline_") ? null : 1),
  message: ({ rows, columns, quality, reused }) =>
    `${reused ? "matrix is there already" : "matrix built"}: ${rows} rows, ${columns} columns, quality ${quality}`,
});

async function build(ports: StepPorts, context: ModelContext, force: boolean): Promise<Manifest> {
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

function resultOf(manifest: Manifest, context: ModelContext, reused: boolean) {
  return {
    matrix_sha: manifest.matrix_sha,
    content_digest: manifest.content_digest,
    prefix: context.prefix,
    rows: manifest.rows,
    columns: manifest.columns.length,
    features: manifest.info.features.length,
    quality: manifest.quality.status,
    warnings: manifest.quality.verdicts.filter(({ status }) => status !== "ok").map(({ check, summary }) => `${check}: ${summary}`),
    leakage: manifest.leakage.status,
    values_compared: manifest.leakage.values_compared,
    forced: manifest.forced,
    stamps: [...context.spec.stamps],
    untradable: untradable(context.model.config),
    reused,
  };
}
