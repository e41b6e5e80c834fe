import * as z from "zod";
import { mapConcurrently } from "#lib/core/map-concurrently.ts";
import { createModelReader, type StoredModel } from "#lib/models/model-reader.ts";
import { PACK_CHECK_MODEL } from "#lib/packs/pack-check-model.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { findMatrixPointer } from "../../shared/matrix-pointer.ts";
import type { ApiPorts } from "../api-deps.ts";
import { MatrixStatusSchema, matrixStatusOf } from "./matrix-status.ts";

export const ModelRowSchema = z.strictObject({
  model_id: z.string(),
  pack_id: z.string(),
  ticker: z.string().nullable(),
  template_id: z.string().nullable(),
  created_at: z.string().nullable().describe("null: the model comes with its pack"),
  updated_at: z.string().nullable(),
  matrix: MatrixStatusSchema.shape.status
    .nullable()
    .describe("As of the last change through the API; null where the model comes with its pack"),
});
export type ModelRow = z.infer<typeof ModelRowSchema>;

/** A model of a list, before its matrix is looked for. */
export type ListedModel = Omit<ModelRow, "matrix"> & { readonly record: StoredModel | undefined };

/** Matrices that are looked for at once. */
const LOOKS = 8;

/** Every model that the owner can use: those of the packs and the owner's own, in the order of pack and id. */
export async function allModels(ports: ApiPorts, owner: string, packId: string | undefined): Promise<ListedModel[]> {
  const library = createPackLibrary({ builtIn: ports.builtinPacks, artifacts: ports.artifacts, metadata: ports.metadata });
  const packIds = packId === undefined ? (await library.list(owner)).map((pack) => pack.packId) : [packId];
  const rows: ListedModel[] = [];
  for (const id of packIds) {
    const { resolved } = await library.get(owner, id);
    for (const model_id of resolved.modelIds.filter((modelId) => modelId !== PACK_CHECK_MODEL))
      rows.push({ model_id, pack_id: id, ticker: null, template_id: null, created_at: null, updated_at: null, record: undefined });
  }
  const store = createModelReader(ports);
  let cursor: string | undefined;
  do {
    const found = await store.list(owner, { limit: 500, ...(cursor === undefined ? {} : { cursor }) });
    for (const record of found.models) {
      const { model_id, pack_id, ticker, template_id, created_at, updated_at = null } = record;
      if (packId === undefined || pack_id === packId) rows.push({ model_id, pack_id, ticker, template_id, created_at, updated_at, record });
    }
    cursor = found.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows.sort((a, b) => (`${a.pack_id}/${a.model_id}` < `${b.pack_id}/${b.model_id}` ? -1 : 1));
}

/** The models of one page with how their matrices stand. */
export const withMatrices = (ports: ApiPorts, owner: string, rows: readonly ListedModel[]): Promise<ModelRow[]> =>
  mapConcurrently(rows, LOOKS, async ({ record, ...row }) => {
    if (record === undefined) return { ...row, matrix: null };
    const pointer = await findMatrixPointer(ports, owner, row.pack_id, row.model_id);
    return { ...row, matrix: matrixStatusOf(pointer, record.definition_sha).status };
  });
