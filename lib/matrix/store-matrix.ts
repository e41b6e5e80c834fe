import { canonicalJson } from "../core/canonical-json.ts";
import { isSha256, sha256, sha256OfJson } from "../core/digest.ts";
import { parseOr } from "../errors/parse.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import { decodeMatrix, encodeMatrix } from "./codec.ts";
import { contentDigest } from "./content-digest.ts";
import { matrixInputs } from "./fingerprint.ts";
import type { LeakageReport } from "./leakage.schema.ts";
import { type Manifest, ManifestSchema } from "./manifest.schema.ts";
import type { Matrix } from "./matrix.ts";
import { matrixColumns } from "./matrix-columns.ts";
import { matrixInfoToDocument } from "./matrix-info.schema.ts";
import type { MatrixSpec } from "./matrix-spec.ts";
import type { QualityReport } from "./quality/quality.schema.ts";

/** What a build found, kept beside the numbers. */
export interface MatrixReports {
  readonly spec: MatrixSpec;
  readonly quality: QualityReport;
  readonly leakage: LeakageReport;
  /** Failed quality checks that a force overruled; empty = none. */
  readonly forced: readonly string[];
}

/** Keys of a matrix's two objects. `prefix` is "" for shared data or `owners/<owner>/` for a user's own. */
export function matrixKeys(prefix: string, matrixSha: string): { readonly file: string; readonly manifest: string } {
  if (!isSha256(matrixSha)) {
    const found = JSON.stringify(matrixSha.slice(0, 80));
    throw new SigmaError("INVALID_PARAM", `A matrix is named by a SHA-256 in lower-case hex; found ${found}.`, { field: "matrix_sha" });
  }
  const folder = `${prefix}matrices/${matrixSha}`;
  return { file: `${folder}/matrix.parquet`, manifest: `${folder}/manifest.json` };
}

/**
 * Stores a matrix: the file first, its manifest last, so that a matrix with a manifest is whole. Storing it again
 * changes nothing and returns the manifest that is there.
 *
 * @param options.replace - write file and manifest anew even if they are there, for a forced rebuild of a damaged one
 * @throws CONFLICT when the store holds other numbers under the same name: the build is not deterministic
 * @throws STORE_UNAVAILABLE | STORE_READ_ONLY | STORE_FULL
 */
export async function storeMatrix(
  artifacts: ArtifactStore,
  prefix: string,
  matrix: Matrix,
  reports: MatrixReports,
  options: { readonly replace?: boolean } = {},
): Promise<Manifest> {
  const keys = matrixKeys(prefix, matrix.info.matrixSha);
  const digest = contentDigest(matrix);
  if (options.replace !== true) {
    const stored = await findManifest(artifacts, prefix, matrix.info.matrixSha);
    if (stored) return requireSameContent(stored, digest);
  }
  const bytes = encodeMatrix(matrix);
  const manifest: Manifest = {
    schema_version: 1,
    matrix_sha: matrix.info.matrixSha,
    content_digest: digest,
    file_sha256: sha256(bytes),
    bytes: bytes.length,
    rows: matrix.rows,
    columns: matrixColumns(matrix).map(({ name, group, unit }) => ({ name, group, unit })),
    inputs: matrixInputs(reports.spec),
    info: matrixInfoToDocument(matrix.info),
    quality: reports.quality,
    leakage: reports.leakage,
    forced: [...reports.forced],
  };
  const text = new TextEncoder().encode(canonicalJson(manifest));
  // A file without a manifest is the rest of an interrupted build: overwritten.
  await artifacts.put(keys.file, bytes, "any");
  const { created } = await artifacts.put(keys.manifest, text, options.replace === true ? "any" : "absent");
  if (created || options.replace === true) return manifest;

  // Another build stored its manifest meanwhile. Compressed bytes may differ between runtimes; the file that is there now decides.
  const other = requireSameContent(await loadManifest(artifacts, prefix, matrix.info.matrixSha), digest);
  if (other.file_sha256 === manifest.file_sha256) return other;
  const { bytes: present } = await artifacts.get(keys.file);
  if (sha256(present) === other.file_sha256) return other;
  await artifacts.put(keys.manifest, text, "any");
  return manifest;
}

/** The manifest of a stored matrix, or undefined: whether a build has been done already. @throws ARTIFACT_CORRUPT */
export async function findManifest(artifacts: ArtifactStore, prefix: string, matrixSha: string): Promise<Manifest | undefined> {
  const keys = matrixKeys(prefix, matrixSha);
  if ((await artifacts.head(keys.manifest)) === undefined) return undefined;
  return loadManifest(artifacts, prefix, matrixSha);
}

/**
 * @throws ARTIFACT_NOT_FOUND when no such matrix is stored
 * @throws ARTIFACT_CORRUPT when the manifest is damaged or names another matrix
 */
export async function loadManifest(artifacts: ArtifactStore, prefix: string, matrixSha: string): Promise<Manifest> {
  const { bytes } = await artifacts.get(matrixKeys(prefix, matrixSha).manifest);
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw corrupt(matrixSha, "its manifest is no JSON", cause);
  }
  const manifest = parseOr("ARTIFACT_CORRUPT", ManifestSchema, document, `The manifest of matrix "${matrixSha}"`);
  if (manifest.matrix_sha !== matrixSha) throw corrupt(matrixSha, `its manifest names "${manifest.matrix_sha}"`);
  if (sha256OfJson(manifest.inputs) !== matrixSha) throw corrupt(matrixSha, "its inputs do not hash to its name");
  return manifest;
}

/**
 * A stored matrix with its manifest. The file's digest is verified before a byte of it is parsed.
 *
 * @throws ARTIFACT_NOT_FOUND when no such matrix is stored
 * @throws ARTIFACT_CORRUPT naming the matrix when file or manifest are damaged; build it again with force
 */
export async function loadMatrix(
  artifacts: ArtifactStore,
  prefix: string,
  matrixSha: string,
): Promise<{ readonly matrix: Matrix; readonly manifest: Manifest }> {
  const manifest = await loadManifest(artifacts, prefix, matrixSha);
  const { bytes } = await artifacts.get(matrixKeys(prefix, matrixSha).file);
  const found = sha256(bytes);
  if (found !== manifest.file_sha256) throw corrupt(matrixSha, `its file hashes to "${found}" instead of "${manifest.file_sha256}"`);
  const matrix = await decodeMatrix(bytes);
  if (matrix.info.matrixSha !== matrixSha) throw corrupt(matrixSha, `its file holds the matrix "${matrix.info.matrixSha}"`);
  return { matrix, manifest };
}

function requireSameContent(stored: Manifest, digest: string): Manifest {
  if (stored.content_digest === digest) return stored;
  throw new SigmaError(
    "CONFLICT",
    `The matrix "${stored.matrix_sha}" is stored with other numbers (content "${stored.content_digest}", this build has "${digest}"). ` +
      "Equal inputs must give equal numbers: raise the version of what changed, or rebuild with force.",
    { matrix_sha: stored.matrix_sha, stored: stored.content_digest, built: digest },
  );
}

function corrupt(matrixSha: string, reason: string, cause?: unknown): SigmaError {
  const message = `The matrix "${matrixSha}" is damaged: ${reason}. Build it again with force.`;
  return new SigmaError("ARTIFACT_CORRUPT", message, { matrix_sha: matrixSha }, cause === undefined ? {} : { cause });
}
