import * as z from "zod";
import { matrixDefinition } from "#lib/models/matrix-definition.ts";
import type { ResolvedModel } from "#lib/models/resolved-model.ts";
import { findMatrixPointer, type MatrixPointer } from "../../shared/matrix-pointer.ts";
import type { ApiPorts } from "../api-deps.ts";

const MATRIX_STATES = ["none", "current", "stale", "unknown"] as const;

/** How a model and the matrix that it points to stand to each other. */
export const MatrixStatusSchema = z.strictObject({
  status: z
    .enum(MATRIX_STATES)
    .describe(
      "stale: features, label or data settings changed since it was built; unknown: it was built before this was recorded. New bars are noticed by the next run",
    ),
  matrix_sha: z.string().nullable(),
  window: z.strictObject({ start: z.string().nullable(), end: z.string().nullable() }).nullable(),
});
export type MatrixStatus = z.infer<typeof MatrixStatusSchema>;

export function matrixStatusOf(pointer: MatrixPointer | undefined, definition: string | undefined): MatrixStatus {
  if (pointer === undefined) return { status: "none", matrix_sha: null, window: null };
  const { definition_sha, matrix_sha, window } = pointer;
  const known = definition_sha !== undefined && definition !== undefined;
  return { status: known ? (definition_sha === definition ? "current" : "stale") : "unknown", matrix_sha, window };
}

export async function readMatrixStatus(ports: ApiPorts, owner: string, model: ResolvedModel): Promise<MatrixStatus> {
  const { pack_id, model_id } = model.config;
  return matrixStatusOf(await findMatrixPointer(ports, owner, pack_id, model_id), matrixDefinition(model));
}
