import { SigmaError } from "../errors/sigma-error.ts";
import type { MetadataStore, RecordDraft } from "../ports/metadata-store.ts";
import { type TrainedModel, TrainedModelSchema } from "./trained-model.schema.ts";

const keyOf = (owner: string, id: string) => ({ pk: `owner#${owner}`, sk: `trained#${id}` });

/** Published models of all owners stand in one sparse index, for the signals tick. */
const PUBLISHED = "published";

function draftOf(model: TrainedModel): RecordDraft {
  const draft = { ...keyOf(model.owner, model.trained_model_id), body: { ...model } };
  return model.status === "published" ? { ...draft, index: { pk: PUBLISHED, sk: `${model.owner}#${model.trained_model_id}` } } : draft;
}

/**
 * The trained model of this owner and its record version.
 *
 * @throws NOT_FOUND also for another owner's model
 */
export async function readTrainedModel(
  metadata: MetadataStore,
  owner: string,
  id: string,
): Promise<{ readonly model: TrainedModel; readonly version: number }> {
  const record = await metadata.get("state", keyOf(owner, id));
  if (!record) throw new SigmaError("NOT_FOUND", `No trained model "${id}".`, { trained_model_id: id });
  return { model: TrainedModelSchema.parse(record.body), version: record.version };
}

/** Stores a model that training made. The same training again changes nothing; returns whether it was new. */
export async function addTrainedModel(metadata: MetadataStore, model: TrainedModel): Promise<boolean> {
  try {
    await metadata.put("state", draftOf(model), "absent");
    return true;
  } catch (error) {
    if (error instanceof SigmaError && error.code === "CONFLICT") return false;
    throw error;
  }
}

/** @throws CONFLICT when somebody changed the model since it was read */
export async function replaceTrainedModel(metadata: MetadataStore, model: TrainedModel, version: number): Promise<void> {
  await metadata.put("state", draftOf(model), version);
}

export async function listTrainedModels(
  metadata: MetadataStore,
  owner: string,
  page: { readonly limit: number; readonly cursor?: string },
): Promise<{ readonly rows: readonly TrainedModel[]; readonly nextCursor: string | null }> {
  const found = await metadata.query({ table: "state", pk: `owner#${owner}`, prefix: "trained#", ...page });
  return { rows: found.records.map((record) => TrainedModelSchema.parse(record.body)), nextCursor: found.nextCursor };
}

/** Published models, of every owner or of one. */
export async function listPublished(
  metadata: MetadataStore,
  page: { readonly owner?: string; readonly limit: number; readonly cursor?: string },
): Promise<{ readonly rows: readonly TrainedModel[]; readonly nextCursor: string | null }> {
  const { owner, ...rest } = page;
  const found = await metadata.query({
    table: "state",
    pk: PUBLISHED,
    byIndex: true,
    ...(owner === undefined ? {} : { prefix: `${owner}#` }),
    ...rest,
  });
  return { rows: found.records.map((record) => TrainedModelSchema.parse(record.body)), nextCursor: found.nextCursor };
}
