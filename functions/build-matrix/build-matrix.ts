import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import type { Manifest } from "#lib/matrix/manifest.schema.ts";
import { requireQuality } from "#lib/matrix/quality/assess-quality.ts";
import { findManifest } from "#lib/matrix/stored-manifest.ts";
import type { buildModelMatrix as BuildModelMatrix } from "../shared/build-model-matrix.ts";
import { loadModelContext, type ModelContext, writeMatrixPointer } from "../shared/model-context.ts";
import type { StepPorts } from "../shared/ports.ts";
import { windowOf } from "../shared/request-run.ts";
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
    const context = await loadModelContext(ports, owner, pack_id, model_id, { window });
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

/** Loaded by the call that needs it: a matrix that stands is found without it. */
const build: typeof BuildModelMatrix = async (...given) => (await import("../shared/build-model-matrix.ts")).buildModelMatrix(...given);

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
    reused,
  };
}
