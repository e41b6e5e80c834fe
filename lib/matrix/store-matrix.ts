import { canonicalJson } from "../core/canonical-json.ts";
import { sha256 } from "../core/digest.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import { contentDigest } from "./content-digest.ts";
import { encodeMatrix } from "./encode-matrix.ts";
import { matrixInputs } from "./fingerprint.ts";
import type { LeakageReport } from "./leakage.schema.ts";
import type { Manifest } from "./manifest.schema.ts";
import type { Matrix } from "./matrix.ts";
import { matrixColumns } from "./matrix-columns.ts";
import { matrixInfoToDocument } from "./matrix-info.schema.ts";
import type { MatrixSpec } from "./matrix-spec.ts";
import type { QualityReport } from "./quality/quality.schema.ts";
import { findManifest, loadManifest, matrixKeys } from "./stored-manifest.ts";

/** What a build found, kept beside the numbers. */
export interface MatrixReports {
  readonly spec: MatrixSpec;
  readonly quality: QualityReport;
  readonly leakage: LeakageReport;
  /** Failed quality checks that a force overruled; empty = none. */
  readonly forced: readonly string[];
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

function requireSameContent(stored: Manifest, digest: string): Manifest {
  if (stored.content_digest === digest) return stored;
  throw new SigmaError(
    "CONFLICT",
    `The matrix "${stored.matrix_sha}" is stored with other numbers (content "${stored.content_digest}", this build has "${digest}"). ` +
      "Equal inputs must give equal numbers: raise the version of what changed, or rebuild with force.",
    { matrix_sha: stored.matrix_sha, stored: stored.content_digest, built: digest },
  );
}
