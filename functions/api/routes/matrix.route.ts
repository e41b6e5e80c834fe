import * as z from "zod";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { type Manifest, ManifestSchema } from "#lib/matrix/manifest.schema.ts";
import { Sha256Schema } from "#lib/matrix/matrix-info.schema.ts";
import { PreviewSchema } from "#lib/matrix/preview.schema.ts";
import { MatrixProfileSchema } from "#lib/matrix/profile/profile.schema.ts";
import { findManifest, matrixKeys } from "#lib/matrix/stored-manifest.ts";
import { PreviewRequestSchema } from "../../preview-matrix/preview-request.schema.ts";
import type { ApiPorts } from "../api-deps.ts";
import { bytes, json } from "../http/answer.ts";
import { MOST_BYTES_IN_CLOUD, rangeOf } from "../http/byte-range.ts";
import { etagOf } from "../http/conditions.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { RUN_ANSWERS } from "../runs/accept-run.ts";
import { BuildRequestSchema } from "../runs/build-request.schema.ts";

const PARQUET = "application/vnd.apache.parquet";

const example = { pack_id: "swingsigma", model_id: "spx_eq_swing_daily" };

export const matrixRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "post",
    path: "/preview_matrix",
    tag: "matrix",
    summary: "The last sessions of a matrix with the verdicts on them, in the request: of a model, or of one that is not made yet",
    body: PreviewRequestSchema,
    bodyExample: { ...example, sessions: 2 },
    classic: true,
    answers: { 200: { description: "Columns, rows, NaN shares, label balance, verdicts, leak check", schema: PreviewSchema } },
    handler: async ({ ports, owner, raw }) => {
      const { createPreviewMatrix } = await import("../../preview-matrix/preview-matrix.ts");
      return json(await createPreviewMatrix(ports)(owner, raw));
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
    handler: async ({ ports, owner, params: { matrix_sha } }) => json((await storedMatrix(ports, owner, matrix_sha)).manifest),
  }),
  defineRoute({
    method: "get",
    path: "/matrices/{matrix_sha}/profile",
    tag: "matrix",
    conditional: true,
    summary:
      "How a stored matrix is distributed: unknown shares and label by period, drift of each column, correlations among the features",
    params: z.strictObject({ matrix_sha: Sha256Schema }),
    answers: {
      200: { description: "The profile", schema: MatrixProfileSchema },
      304: { description: "Unchanged since the etag that was sent" },
    },
    handler: async ({ ports, owner, params: { matrix_sha } }) => {
      const { manifest, prefix } = await storedMatrix(ports, owner, matrix_sha);
      const { profileMatrix, requireProfilable } = await import("#lib/matrix/profile/profile.ts");
      requireProfilable(manifest);
      const { loadMatrix } = await import("#lib/matrix/load-matrix.ts");
      const { matrix } = await loadMatrix(ports.artifacts, prefix, matrix_sha);
      return json(profileMatrix(matrix), 200, { etag: etagOf(`profile-1-${matrix_sha}`), "cache-control": "private, no-cache" });
    },
  }),
  defineRoute({
    method: "get",
    path: "/matrices/{matrix_sha}/download",
    tag: "matrix",
    summary:
      "A stored matrix as its Parquet file; heeds Range, and the ETag is the file's SHA-256. In the cloud a link to it, unless Range is sent",
    conditional: true,
    params: z.strictObject({ matrix_sha: Sha256Schema }),
    answers: {
      200: { description: "The file; in the cloud only up to 4 MB", type: PARQUET, example: "PAR1..." },
      302: { description: "In the cloud without Range: Location is a signed link to the file, good for five minutes" },
      206: { description: "Part of the file; in the cloud at most 4 MB of what Range asks for", type: PARQUET, example: "PAR1..." },
      304: { description: "Unchanged since the etag that was sent" },
    },
    handler: async ({ deps, ports, owner, params: { matrix_sha }, context }) => {
      const { manifest, prefix } = await storedMatrix(ports, owner, matrix_sha);
      const etag = etagOf(manifest.file_sha256);
      const key = matrixKeys(prefix, matrix_sha).file;
      if (ports.artifacts.link && context.req.header("range") === undefined) {
        const location = await ports.artifacts.link(key, { seconds: LINK_SECONDS, fileName: `${matrix_sha}.parquet` });
        return { status: 302, headers: { location, "cache-control": "no-store" }, body: { none: true } };
      }
      const { bytes: file } = await ports.artifacts.get(key, manifest.file_sha256);
      const size = file.byteLength;
      const most = deps.mode === "cloud" ? MOST_BYTES_IN_CLOUD : size;
      const headers = {
        etag,
        "accept-ranges": "bytes",
        "cache-control": "private, no-cache",
        "content-disposition": `attachment; filename="${matrix_sha}.parquet"`,
      };
      const range = rangeOf(context.req.header("range"), { ifRange: context.req.header("if-range"), etag, size, most });
      if (range !== undefined) {
        const { from, to } = range;
        const part = bytes(file.subarray(from, to), PARQUET, { ...headers, "content-range": `bytes ${from}-${to - 1}/${size}` });
        return { ...part, status: 206 };
      }
      if (size <= most) return bytes(file, PARQUET, headers);
      throw new SigmaError(
        "UNPROCESSABLE",
        `The file has ${size} bytes, and one answer carries at most ${most}. Ask for it in parts, the first with "Range: bytes=0-"; "sigma matrix download" does.`,
        { matrix_sha, size, most },
      );
    },
  }),
];

/** A link is as good as the file for whoever sees it, so it does not last. */
const LINK_SECONDS = 300;

/**
 * A matrix of the owner, or of the data that all share, and where it is kept.
 *
 * @throws NOT_FOUND also for another owner's
 */
async function storedMatrix(
  { artifacts }: ApiPorts,
  owner: string,
  matrixSha: string,
): Promise<{ readonly manifest: Manifest; readonly prefix: string }> {
  for (const prefix of [`owners/${owner}/`, ""]) {
    const manifest = await findManifest(artifacts, prefix, matrixSha);
    if (manifest) return { manifest, prefix };
  }
  throw new SigmaError("NOT_FOUND", `No matrix "${matrixSha}".`, { matrix_sha: matrixSha });
}
