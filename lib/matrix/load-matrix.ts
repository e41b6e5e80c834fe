import { sha256 } from "../core/digest.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import { decodeMatrix } from "./decode-matrix.ts";
import type { Manifest } from "./manifest.schema.ts";
import type { Matrix } from "./matrix.ts";
import { loadManifest, matrixDamaged, matrixKeys } from "./stored-manifest.ts";

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
  if (found !== manifest.file_sha256) throw matrixDamaged(matrixSha, `its file hashes to "${found}" instead of "${manifest.file_sha256}"`);
  const matrix = await decodeMatrix(bytes);
  if (matrix.info.matrixSha !== matrixSha) throw matrixDamaged(matrixSha, `its file holds the matrix "${matrix.info.matrixSha}"`);
  return { matrix, manifest };
}
