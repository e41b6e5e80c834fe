import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { ManifestSchema } from "#lib/matrix/manifest.schema.ts";
import { Sha256Schema } from "#lib/matrix/matrix-info.schema.ts";
import { PreviewSchema } from "#lib/matrix/preview.schema.ts";
import { findManifest } from "#lib/matrix/store-matrix.ts";
import { createPreviewMatrix, PreviewRequestSchema } from "../../preview-matrix/preview-matrix.ts";
import { loadModelContext, writeMatrixPointer } from "../../shared/model-context.ts";
import { requestModelRun, windowOf } from "../../shared/request-run.ts";
import { json } from "../http/answer.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { acceptRun, RUN_ANSWERS } from "../runs/accept-run.ts";
import { payloadOf } from "../runs/request-payload.ts";

const BuildRequestSchema = z.strictObject({
  pack_id: IdSchema,
  model_id: IdSchema,
  start: z.iso.date().nullable().optional().describe("First session; null or absent = as the model says"),
  end: z.iso.date().nullable().optional().describe("Session after the last one"),
  force: z.boolean().default(false).describe("Build anew, and accept failed quality checks, which is recorded"),
  tag: z.string().min(1).max(64).default("build"),
});

const example = { pack_id: "swingsigma", model_id: "spx_eq_swing_daily" };

export const matrixRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "post",
    path: "/preview_matrix",
    tag: "matrix",
    summary: "The last sessions of a model's matrix with the verdicts on them, in the request",
    body: PreviewRequestSchema,
    bodyExample: { ...example, sessions: 2 },
    classic: true,
    answers: { 200: { description: "Columns, rows, NaN shares, label balance, verdicts, leak check", schema: PreviewSchema } },
    handler: async ({ ports, owner, body }) => json(await createPreviewMatrix(ports)(owner, body)),
  }),
  defineRoute({
    method: "post",
    path: "/build_matrix",
    tag: "matrix",
    summary: "Builds, checks and stores a model's matrix",
    body: BuildRequestSchema,
    bodyExample: example,
    classic: true,
    startsRun: true,
    answers: RUN_ANSWERS,
    handler: async (call) => {
      const { ports, owner, body, deps } = call;
      const { pack_id, model_id, tag, force, start, end } = body;
      const window = { ...(start == null ? {} : { start }), ...(end == null ? {} : { end }) };
      const ask = (again: boolean) =>
        requestModelRun(ports, {
          owner,
          machine: "build",
          packId: pack_id,
          modelId: model_id,
          tag,
          // A forced build is done however often it is asked, so its id carries the time.
          request: payloadOf({ ...window, ...(force || again ? { force, asked_at: new Date(deps.now()).toISOString() } : {}) }),
        });
      const found = await ask(false);
      if (found.isNew || found.run.status !== "succeeded") return acceptRun(call, found);

      // The same build was done before: the model points to it again, unless its matrix is gone.
      const context = await loadModelContext(ports, owner, pack_id, model_id, windowOf(payloadOf(window)));
      if ((await findManifest(ports.artifacts, context.prefix, context.matrixSha)) === undefined) return acceptRun(call, await ask(true));
      await writeMatrixPointer(ports, context);
      return acceptRun(call, found);
    },
  }),
  defineRoute({
    method: "get",
    path: "/matrices/{matrix_sha}",
    tag: "matrix",
    summary: "What a stored matrix is: inputs, columns, quality and leak check",
    params: z.strictObject({ matrix_sha: Sha256Schema }),
    answers: { 200: { description: "The manifest", schema: ManifestSchema } },
    handler: async ({ ports, owner, params: { matrix_sha } }) => {
      for (const prefix of [`owners/${owner}/`, ""]) {
        const manifest = await findManifest(ports.artifacts, prefix, matrix_sha);
        if (manifest) return json(manifest);
      }
      throw new SigmaError("NOT_FOUND", `No matrix "${matrix_sha}".`, { matrix_sha });
    },
  }),
];
