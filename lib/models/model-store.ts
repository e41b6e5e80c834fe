import { sha256OfJson } from "../core/digest.ts";
import { readId } from "../core/ids.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { documentPath } from "../packs/pack-source.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { MetadataStore } from "../ports/metadata-store.ts";
import type { ModelPlan } from "./create-model.ts";
import { matrixDefinition } from "./matrix-definition.ts";
import { createModelReader, type ModelReader, modelKey, modelPath, modelRecordKey, readIfAny, type StoredModel } from "./model-reader.ts";
import type { ModelRecord } from "./model-record.schema.ts";

/** The models that an owner created. A model exists from the moment its record does, and then whole. */
export interface ModelStore extends ModelReader {
  /**
   * Writes the documents, then the record. Creating the same model again changes nothing and says so.
   *
   * @throws CONFLICT when the owner has another model of this id
   */
  create(owner: string, plan: ModelPlan): Promise<{ readonly created: boolean; readonly model: StoredModel }>;
  /**
   * Puts new documents in the place of a model's. They are written beside the old ones, and the record's change is the
   * moment from which everybody reads them, so a model is the old one or the new one, whole.
   *
   * @param before - the record that the change was planned on
   * @returns the model as it stands, the same when its documents say this already
   * @throws CONFLICT when the model changed or went since then
   */
  replace(owner: string, before: StoredModel, plan: ModelPlan): Promise<StoredModel>;
  /**
   * Removes the record, then the documents.
   *
   * @param version - of the record, when it must be this one
   * @throws NOT_FOUND | CONFLICT when it is another one
   */
  remove(owner: string, modelId: string, version?: number): Promise<void>;
}

interface StorePorts {
  readonly artifacts: ArtifactStore;
  readonly metadata: MetadataStore;
  readonly clock: Clock;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export function createModelStore({ artifacts, metadata, clock }: StorePorts): ModelStore {
  const reader = createModelReader({ artifacts, metadata });
  const { find, get } = reader;

  const isStored = async (model: ModelRecord, texts: ModelPlan["texts"]): Promise<boolean> => {
    const stored = new Map(model.paths.map((key) => [modelPath(model, key), key]));
    if (stored.size !== Object.keys(texts).length) return false;
    for (const [path, text] of Object.entries(texts)) {
      const key = stored.get(path);
      const found = key === undefined ? undefined : await readIfAny(artifacts, key);
      if (!found || decode(found.bytes) !== text) return false;
    }
    return true;
  };

  /** A creation that did not finish left a configuration, too; a set that stands alone is one that the owner keeps by its name. */
  const refuseForeignSet = async (owner: string, { packId, modelId, texts }: ModelPlan): Promise<void> => {
    const set = documentPath(packId, "indicator_sets", modelId);
    if (texts[set] === undefined || !(await artifacts.head(modelKey(owner, set)))) return;
    if (await artifacts.head(modelKey(owner, documentPath(packId, "model_configs", modelId)))) return;
    throw new SigmaError("CONFLICT", `You have an indicator set "${modelId}" in pack "${packId}". Choose another model_id or a variant.`, {
      modelId,
    });
  };

  /** Puts every document in place and says how to put back what stood there before. */
  const write = async (owner: string, texts: ModelPlan["texts"]): Promise<() => Promise<void>> => {
    const undo: (() => Promise<unknown>)[] = [];
    const putBack = async () => {
      for (const step of undo) await step();
    };
    for (const [path, text] of Object.entries(texts)) {
      const key = modelKey(owner, path);
      // Without a record, what stands here was left by a creation that did not finish, or belongs to one that runs now.
      const before = await readIfAny(artifacts, key);
      try {
        const { created, etag } = await artifacts.put(key, encode(text), before ? { etag: before.etag } : "absent");
        if (!created) throw new SigmaError("CONFLICT", `"${key}" is being written by another request. Try again.`, { key });
        if (before) undo.push(() => artifacts.put(key, before.bytes, { etag }));
      } catch (error) {
        await putBack();
        throw error;
      }
    }
    return putBack;
  };

  const removeAll = async (keys: readonly string[]): Promise<void> => {
    for (const key of keys) await artifacts.remove(key);
  };

  return {
    ...reader,

    async create(owner, plan) {
      const { modelId, packId, texts } = plan;
      const existing = await find(owner, readId("model_id", modelId));
      if (existing) {
        if (existing.pack_id === packId && (await isStored(existing, texts))) return { created: false, model: existing };
        throw taken(modelId, existing);
      }
      await refuseForeignSet(owner, plan);
      const putBack = await write(owner, texts);
      const body = recordOf(
        plan,
        Object.keys(texts).map((path) => modelKey(owner, path)),
        new Date(clock.now()).toISOString(),
      );
      try {
        const version = await metadata.put("state", { ...modelRecordKey(owner, modelId), body }, "absent");
        return { created: true, model: { ...body, version } };
      } catch (error) {
        if (!(error instanceof SigmaError) || error.code !== "CONFLICT") throw error;
        // Somebody else created it in between: theirs stands, so their documents must too.
        await putBack();
        throw taken(modelId, await get(owner, modelId), error);
      }
    },

    async replace(owner, before, plan) {
      const { modelId, packId, texts } = plan;
      if (await isStored(before, texts)) return before;
      const folder = `model_versions/${modelId}/${before.version + 1}_${sha256OfJson(texts).slice(0, 16)}`;
      const keys = Object.keys(texts).map((path) => modelKey(owner, `${packId}/${folder}/${path.slice(packId.length + 1)}`));
      // The folder's name says what is in it: who else writes there writes the same.
      for (const [i, text] of Object.values(texts).entries()) await artifacts.put(keys[i]!, encode(text), "any");
      const now = new Date(clock.now()).toISOString();
      const definition = matrixDefinition(plan.resolved);
      const { version, ...record } = before;
      const body: ModelRecord = {
        ...record,
        paths: keys as [string, ...string[]],
        updated_at: now,
        definition_sha: definition,
        ...(before.definition_sha === definition ? {} : { features_changed_at: now }),
      };
      try {
        const stored = { ...body, version: await metadata.put("state", { ...modelRecordKey(owner, modelId), body }, version) };
        await removeAll(before.paths);
        return stored;
      } catch (error) {
        if (!(error instanceof SigmaError) || error.code !== "CONFLICT") throw error;
        const current = await find(owner, modelId);
        await removeAll(keys.filter((key) => !current?.paths.includes(key)));
        throw new SigmaError(
          "CONFLICT",
          `The model "${modelId}" changed while this change was made. Read it again and repeat the change.`,
          { modelId },
          { cause: error },
        );
      }
    },

    async remove(owner, modelId, version) {
      const model = await get(owner, readId("model_id", modelId));
      await metadata.remove("state", modelRecordKey(owner, modelId), version ?? model.version);
      await removeAll(model.paths);
    },
  };
}

function recordOf({ modelId, packId, resolved }: ModelPlan, paths: string[], createdAt: string): ModelRecord {
  const { template_id, template_version, ticker } = resolved.config;
  return {
    schema_version: 1,
    model_id: modelId,
    pack_id: packId,
    template_id,
    template_version,
    ticker,
    paths: paths as [string, ...string[]],
    created_at: createdAt,
    definition_sha: matrixDefinition(resolved),
  };
}

function taken(modelId: string, existing: ModelRecord, cause?: unknown): SigmaError {
  return new SigmaError(
    "CONFLICT",
    `A model "${modelId}" exists already in pack "${existing.pack_id}", with other settings. Choose a variant or another model_id, or delete it first.`,
    { modelId, packId: existing.pack_id },
    { cause },
  );
}
