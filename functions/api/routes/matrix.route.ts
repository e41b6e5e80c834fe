import * as z from "zod";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { ManifestSchema } from "#lib/matrix/manifest.schema.ts";
import { Sha256Schema } from "#lib/matrix/matrix-info.schema.ts";
import { PreviewSchema } from "#lib/matrix/preview.schema.ts";
import { findManifest } from "#lib/matrix/stored-manifest.ts";
import { PreviewRequestSchema } from "../../preview-matrix/preview-request.schema.ts";
import { json } from "../http/answer.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { RUN_ANSWERS } from "../runs/accept-run.ts";
import { BuildRequestSchema } from "../runs/build-request.schema.ts";

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
    handler: async ({ ports, owner, body }) => {
      const { createPreviewMatrix } = await import("../../preview-matrix/preview-matrix.ts");
      return json(await createPreviewMatrix(ports)(owner, body));
    },
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
      const { startBuild } = await import("../runs/start-build.ts");
      return startBuild(call, call.body);
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
