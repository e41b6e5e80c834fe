import * as z from "zod";
import { parseOr } from "#lib/errors/parse.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";

interface PointerPorts {
  readonly artifacts: ArtifactStore;
}

/** Which matrix a model works on: written by a build, read by everything after it. */
const MatrixPointerSchema = z.strictObject({
  schema_version: z.literal(1),
  matrix_sha: z.string().regex(/^[0-9a-f]{64}$/),
  prefix: z.string(),
  window: z.strictObject({ start: z.string().nullable(), end: z.string().nullable() }),
  /** Of the model that it was built of; absent in pointers that are older than this field. */
  definition_sha: z.string().optional(),
});
export type MatrixPointer = z.infer<typeof MatrixPointerSchema>;

/** Where the pointers of all of an owner's models stand. */
export const pointerPrefix = (owner: string): string => `owners/${owner}/models/`;

export const pointerKey = (owner: string, packId: string, modelId: string): string =>
  `${pointerPrefix(owner)}${packId}/${modelId}/matrix.json`;

/** @throws UNPROCESSABLE when the model has no matrix yet, saying how to build one */
export async function readMatrixPointer(ports: PointerPorts, owner: string, packId: string, modelId: string): Promise<MatrixPointer> {
  const pointer = await findMatrixPointer(ports, owner, packId, modelId);
  if (pointer !== undefined) return pointer;
  throw new SigmaError("UNPROCESSABLE", `The model "${modelId}" has no matrix yet. Build it first: sigma build ${modelId}.`, {
    model_id: modelId,
  });
}

/** The model's matrix, or undefined while it has none. */
export async function findMatrixPointer(
  { artifacts }: PointerPorts,
  owner: string,
  packId: string,
  modelId: string,
): Promise<MatrixPointer | undefined> {
  try {
    const { bytes } = await artifacts.get(pointerKey(owner, packId, modelId));
    return parseOr("ARTIFACT_CORRUPT", MatrixPointerSchema, JSON.parse(new TextDecoder().decode(bytes)), "The matrix pointer");
  } catch (error) {
    if (error instanceof SigmaError && error.code === "ARTIFACT_NOT_FOUND") return undefined;
    throw error;
  }
}
