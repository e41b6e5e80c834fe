import * as z from "zod";
import { mapConcurrently } from "#lib/core/map-concurrently.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { createModelReader, readIfAny, type StoredModel } from "#lib/models/model-reader.ts";
import { readModelDocument } from "#lib/models/read-config.ts";
import { PACK_CHECK_MODEL } from "#lib/packs/pack-check-model.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { documentPath } from "#lib/packs/pack-source.ts";
import { loadModel } from "../../shared/load-model.ts";
import { findMatrixPointer } from "../../shared/matrix-pointer.ts";
import type { ApiPorts } from "../api-deps.ts";
import { MatrixStatusSchema, matrixStatusOf, readMatrixStatus } from "./matrix-status.ts";

export const ModelRowSchema = z.strictObject({
  model_id: z.string(),
  pack_id: z.string(),
  ticker: z.string().nullable(),
  asset_type: z.string().nullable().describe("As the configuration says; null where it says nothing or cannot be read"),
  horizon: z.string().nullable(),
  cadence: z.string().nullable(),
  template_id: z.string().nullable(),
  created_at: z.string().nullable().describe("null: the model comes with its pack"),
  updated_at: z.string().nullable(),
  matrix: MatrixStatusSchema.shape.status
    .nullable()
    .describe("As of the last change through the API; null where a model that comes with its pack does not resolve"),
});
export type ModelRow = z.infer<typeof ModelRowSchema>;

/** A model of a list, before its matrix is looked for. */
export type ListedModel = Pick<ModelRow, "model_id" | "pack_id" | "template_id" | "created_at" | "updated_at"> & {
  readonly record: StoredModel | undefined;
  /** The configuration of a model that comes with its pack. */
  readonly text: string | undefined;
};

/** Matrices that are looked for at once. */
const LOOKS = 8;

/** Every model that the owner can use: those of the packs and the owner's own, in the order of pack and id. */
export async function allModels(ports: ApiPorts, owner: string, packId: string | undefined): Promise<ListedModel[]> {
  const library = createPackLibrary({ builtIn: ports.builtinPacks, artifacts: ports.artifacts, metadata: ports.metadata });
  const packIds = packId === undefined ? (await library.list(owner)).map((pack) => pack.packId) : [packId];
  const rows: ListedModel[] = [];
  for (const id of packIds) {
    const { resolved } = await library.get(owner, id);
    for (const model_id of resolved.modelIds.filter((modelId) => modelId !== PACK_CHECK_MODEL)) {
      const text = resolved.documents.read(documentPath(id, "model_configs", model_id));
      rows.push({ model_id, pack_id: id, template_id: null, created_at: null, updated_at: null, record: undefined, text });
    }
  }
  const store = createModelReader(ports);
  let cursor: string | undefined;
  do {
    const found = await store.list(owner, { limit: 500, ...(cursor === undefined ? {} : { cursor }) });
    for (const record of found.models) {
      const { model_id, pack_id, template_id, created_at, updated_at = null } = record;
      if (packId !== undefined && pack_id !== packId) continue;
      rows.push({ model_id, pack_id, template_id, created_at, updated_at, record, text: undefined });
    }
    cursor = found.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows.sort((a, b) => (`${a.pack_id}/${a.model_id}` < `${b.pack_id}/${b.model_id}` ? -1 : 1));
}

/** The models of one page with what they are of and how their matrices stand. */
export const withMatrices = (ports: ApiPorts, owner: string, rows: readonly ListedModel[]): Promise<ModelRow[]> =>
  mapConcurrently(rows, LOOKS, async ({ record, text, ...row }) => {
    const [parts, matrix] = await Promise.all([partsOf(ports, row, record, text), matrixOf(ports, owner, row, record)]);
    return { ...row, ...parts, matrix };
  });

type Place = Pick<ModelRow, "pack_id" | "model_id">;
type Parts = Pick<ModelRow, "ticker" | "asset_type" | "horizon" | "cadence">;

/** What a model is of, from its own document. One that was broken by hand is listed all the same: opening it says what is wrong. */
async function partsOf(
  { artifacts }: ApiPorts,
  { pack_id, model_id }: Place,
  record: StoredModel | undefined,
  inPack: string | undefined,
): Promise<Parts> {
  const stored = record && (await readIfAny(artifacts, record.paths[0]!));
  const text = stored === undefined ? inPack : new TextDecoder().decode(stored.bytes);
  const ticker = record?.ticker ?? null;
  try {
    const config = text === undefined ? {} : readModelDocument(text, pack_id, model_id);
    const word = (key: string): string | null => (typeof config[key] === "string" ? config[key] : null);
    return { ticker: ticker ?? word("ticker"), asset_type: word("asset_type"), horizon: word("horizon"), cadence: word("cadence") };
  } catch (error) {
    if (!(error instanceof SigmaError)) throw error;
    return { ticker, asset_type: null, horizon: null, cadence: null };
  }
}

async function matrixOf(
  ports: ApiPorts,
  owner: string,
  { pack_id, model_id }: Place,
  record: StoredModel | undefined,
): Promise<ModelRow["matrix"]> {
  const pointer = await findMatrixPointer(ports, owner, pack_id, model_id);
  if (pointer === undefined || record !== undefined) return matrixStatusOf(pointer, record?.definition_sha).status;
  try {
    return (await readMatrixStatus(ports, owner, await loadModel(ports, owner, pack_id, model_id))).status;
  } catch (error) {
    if (error instanceof SigmaError) return null;
    throw error;
  }
}
