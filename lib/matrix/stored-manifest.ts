import { isSha256, sha256OfJson } from "../core/digest.ts";
import { parseOr } from "../errors/parse.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import { type Manifest, ManifestSchema } from "./manifest.schema.ts";

/** Keys of a matrix's two objects. `prefix` is "" for shared data or `owners/<owner>/` for a user's own. */
export function matrixKeys(prefix: string, matrixSha: string): { readonly file: string; readonly manifest: string } {
  if (!isSha256(matrixSha)) {
    const found = JSON.stringify(matrixSha.slice(0, 80));
    throw new SigmaError("INVALID_PARAM", `A matrix is named by a SHA-256 in lower-case hex; found ${found}.`, { field: "matrix_sha" });
  }
  const folder = `${prefix}matrices/${matrixSha}`;
  return { file: `${folder}/matrix.parquet`, manifest: `${folder}/manifest.json` };
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
    throw matrixDamaged(matrixSha, "its manifest is no JSON", cause);
  }
  const manifest = parseOr("ARTIFACT_CORRUPT", ManifestSchema, document, `The manifest of matrix "${matrixSha}"`);
  if (manifest.matrix_sha !== matrixSha) throw matrixDamaged(matrixSha, `its manifest names "${manifest.matrix_sha}"`);
  if (sha256OfJson(manifest.inputs) !== matrixSha) throw matrixDamaged(matrixSha, "its inputs do not hash to its name");
  return manifest;
}

/** @returns the error ARTIFACT_CORRUPT, naming the matrix and what is wrong with it */
export function matrixDamaged(matrixSha: string, reason: string, cause?: unknown): SigmaError {
  const message = `The matrix "${matrixSha}" is damaged: ${reason}. Build it again with force.`;
  return new SigmaError("ARTIFACT_CORRUPT", message, { matrix_sha: matrixSha }, cause === undefined ? {} : { cause });
}
