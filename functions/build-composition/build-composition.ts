import * as z from "zod";
import { requireQuality } from "#lib/matrix/quality/assess-quality.ts";
import { findManifest } from "#lib/matrix/stored-manifest.ts";
import { loadBuiltContext, loadComposedContext } from "../shared/model-context.ts";
import type { StepPorts } from "../shared/ports.ts";
import { readSweepRequest } from "../shared/read-sweep-request.ts";
import { defineStep, ModelStepInputSchema } from "../shared/step.ts";
import { compositionOf } from "../shared/sweep-request.ts";

const BuildCompositionInputSchema = z.strictObject({
  ...ModelStepInputSchema.shape,
  composition: z.string().regex(/^[0-9a-f]{16}$/),
});

/**
 * State `BuildComposition`: builds the matrix of one composition of the model, unless it stands already. The model's own
 * matrix stays the one it points to. Faults of the data that were accepted there are accepted here.
 */
export const createBuildComposition = defineStep({
  name: "BuildComposition",
  input: BuildCompositionInputSchema,
  item: ({ composition }) => composition,
  run: async (ports: StepPorts, { owner, pack_id, model_id, request: asked, composition: id }) => {
    const request = readSweepRequest(asked, pack_id, model_id);
    const { change, label } = await compositionOf(ports, owner, request, id);
    const context = await loadComposedContext(ports, owner, pack_id, model_id, change);
    const stored = await findManifest(ports.artifacts, context.prefix, context.matrixSha);
    if (stored !== undefined) {
      requireQuality(stored.quality, { force: stored.forced.length > 0 });
      return { composition: id, label, matrix_sha: stored.matrix_sha, rows: stored.rows, reused: true };
    }
    const own = await loadBuiltContext(ports, owner, pack_id, model_id);
    const accepted = ((await findManifest(ports.artifacts, own.prefix, own.matrixSha))?.forced.length ?? 0) > 0;
    const { buildModelMatrix } = await import("../shared/build-model-matrix.ts");
    const { matrix_sha, rows } = await buildModelMatrix(ports, context, accepted);
    return { composition: id, label, matrix_sha, rows, reused: false };
  },
  message: ({ label, rows, reused }) => `matrix of "${label}" ${reused ? "is there already" : "built"}: ${rows} rows`,
});
