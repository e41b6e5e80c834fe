import { ID_PATTERN } from "#lib/core/ids.ts";
import { mapConcurrently } from "#lib/core/map-concurrently.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { matrixDefinition } from "#lib/models/matrix-definition.ts";
import { PACK_CHECK_MODEL } from "#lib/packs/pack-check-model.ts";
import { loadModel } from "../../shared/load-model.ts";
import { findMatrixPointer, pointerPrefix } from "../../shared/matrix-pointer.ts";
import type { ApiPorts } from "../api-deps.ts";
import type { MatrixRow } from "./matrix-row.schema.ts";
import { matrixStatusOf } from "./matrix-status.ts";

/** Models that are resolved at once. */
const LOOKS = 4;

/** The matrices that the owner's models point to, a page of them in the order of pack and model. */
export async function matrixPage(
  ports: ApiPorts,
  owner: string,
  place: { readonly limit: number; readonly cursor?: string },
): Promise<{ readonly rows: readonly MatrixRow[]; readonly nextCursor: string | null }> {
  const prefix = pointerPrefix(owner);
  const { keys, nextCursor } = await ports.artifacts.list(prefix, place);
  const models = keys.flatMap((key) => {
    const [packId = "", modelId = "", file] = key.slice(prefix.length).split("/");
    return file === "matrix.json" && modelId !== PACK_CHECK_MODEL && ID_PATTERN.test(packId) && ID_PATTERN.test(modelId)
      ? [{ packId, modelId }]
      : [];
  });
  const rows = await mapConcurrently(models, LOOKS, ({ packId, modelId }) => rowOf(ports, owner, packId, modelId));
  return { rows: rows.filter((row) => row !== undefined), nextCursor };
}

async function rowOf(ports: ApiPorts, owner: string, packId: string, modelId: string): Promise<MatrixRow | undefined> {
  const pointer = await findMatrixPointer(ports, owner, packId, modelId);
  if (pointer === undefined) return undefined;
  const { status, matrix_sha, window } = matrixStatusOf(pointer, await definitionOf(ports, owner, packId, modelId));
  return {
    kind: "matrix",
    pack_id: packId,
    model_id: modelId,
    status,
    matrix_sha,
    window,
    shared: pointer.prefix === "",
    matrix: `/v1/matrices/${pointer.matrix_sha}`,
  };
}

/** Undefined when the model is gone or does not hold together any more. */
async function definitionOf(ports: ApiPorts, owner: string, packId: string, modelId: string): Promise<string | undefined> {
  try {
    return matrixDefinition(await loadModel(ports, owner, packId, modelId));
  } catch (error) {
    if (error instanceof SigmaError && !error.retryable) return undefined;
    throw error;
  }
}
