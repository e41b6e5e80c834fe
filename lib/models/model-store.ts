import { readId } from "../core/ids.ts";
import { parseOr } from "../errors/parse.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { documentPath, documentsOf } from "../packs/pack-source.ts";
import type { ResolvedPack } from "../packs/resolved-pack.ts";
import { workspacePrefix } from "../packs/workspace.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { MetadataStore, RecordKey } from "../ports/metadata-store.ts";
import type { ModelPlan } from "./create-model.ts";
import { type ModelRecord, ModelRecordSchema } from "./model-record.schema.ts";
import { readModelDocument } from "./read-config.ts";
import type { ModelDocuments } from "./resolve-model.ts";

/** A record with the version that conditional writes compare. */
export type StoredModel = ModelRecord & { readonly version: number };

/** The models that an owner created. A model exists from the moment its record does, and then whole. */
export interface ModelStore {
  /**
   * Writes the documents, then the record. Creating the same model again changes nothing and says so.
   *
   * @throws CONFLICT when the owner has another model of this id
   */
  create(owner: string, plan: ModelPlan): Promise<{ readonly created: boolean; readonly model: StoredModel }>;
  /** @throws NOT_FOUND */
  get(owner: string, modelId: string): Promise<StoredModel>;
  /** Models in the order of their ids. */
  list(
    owner: string,
    options?: { readonly limit?: number; readonly cursor?: string },
  ): Promise<{ readonly models: readonly StoredModel[]; readonly nextCursor: string | null }>;
  /** Removes the record, then the documents. @throws NOT_FOUND */
  remove(owner: string, modelId: string): Promise<void>;
  /**
   * The documents as they are now, edited by hand or not, for `resolveModel`. A model that comes with the pack is read
   * from the pack.
   *
   * @throws NOT_FOUND when neither the pack nor the owner has such a model in this pack
   */
  documents(owner: string, pack: ResolvedPack, modelId: string): Promise<ModelDocuments>;
}

interface StorePorts {
  readonly artifacts: ArtifactStore;
  readonly metadata: MetadataStore;
  readonly clock: Clock;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export function createModelStore({ artifacts, metadata, clock }: StorePorts): ModelStore {
  const keyOf = (owner: string, path: string): string => `${workspacePrefix(owner)}/${path}`;

  const find = async (owner: string, modelId: string): Promise<StoredModel | undefined> => {
    const stored = await metadata.get("state", recordKey(owner, modelId));
    return (
      stored && {
        ...parseOr("ARTIFACT_CORRUPT", ModelRecordSchema, stored.body, `The record of model "${modelId}"`),
        version: stored.version,
      }
    );
  };

  const get = async (owner: string, modelId: string): Promise<StoredModel> => {
    const model = await find(owner, modelId);
    if (model) return model;
    throw new SigmaError("NOT_FOUND", `No model has the id "${modelId}". "sigma models list" shows those that exist.`, { modelId });
  };

  const readIfAny = (key: string) =>
    artifacts.get(key).catch((error: unknown) => {
      if (error instanceof SigmaError && error.code === "ARTIFACT_NOT_FOUND") return undefined;
      throw error;
    });

  const isStored = async (owner: string, texts: ModelPlan["texts"]): Promise<boolean> => {
    for (const [path, text] of Object.entries(texts)) {
      const stored = await readIfAny(keyOf(owner, path));
      if (!stored || decode(stored.bytes) !== text) return false;
    }
    return true;
  };

  /** Puts every document in place and says how to put back what stood there before. */
  const write = async (owner: string, texts: ModelPlan["texts"]): Promise<() => Promise<void>> => {
    const undo: (() => Promise<unknown>)[] = [];
    const putBack = async () => {
      for (const step of undo) await step();
    };
    for (const [path, text] of Object.entries(texts)) {
      const key = keyOf(owner, path);
      // Without a record, what stands here was left by a creation that did not finish, or belongs to one that runs now.
      const before = await readIfAny(key);
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

  return {
    get,

    async create(owner, plan) {
      const { modelId, packId, texts } = plan;
      const existing = await find(owner, readId("model_id", modelId));
      if (existing) {
        if (existing.pack_id === packId && (await isStored(owner, texts))) return { created: false, model: existing };
        throw taken(modelId, existing);
      }
      const putBack = await write(owner, texts);
      const body = recordOf(
        plan,
        Object.keys(texts).map((path) => keyOf(owner, path)),
        new Date(clock.now()).toISOString(),
      );
      try {
        const version = await metadata.put("state", { ...recordKey(owner, modelId), body }, "absent");
        return { created: true, model: { ...body, version } };
      } catch (error) {
        if (!(error instanceof SigmaError) || error.code !== "CONFLICT") throw error;
        // Somebody else created it in between: theirs stands, so their documents must too.
        await putBack();
        throw taken(modelId, await get(owner, modelId), error);
      }
    },

    async list(owner, options = {}) {
      const { limit = 100, cursor } = options;
      const page = await metadata.query({ table: "state", pk: partition(owner), limit, ...(cursor === undefined ? {} : { cursor }) });
      const models = page.records.map(({ body, version, sk }) => ({
        ...parseOr("ARTIFACT_CORRUPT", ModelRecordSchema, body, `The record of model "${sk}"`),
        version,
      }));
      return { models, nextCursor: page.nextCursor };
    },

    async remove(owner, modelId) {
      const model = await get(owner, readId("model_id", modelId));
      await metadata.remove("state", recordKey(owner, modelId), model.version);
      for (const path of model.paths) await artifacts.remove(path);
    },

    async documents(owner, pack, modelId) {
      if (pack.modelIds.includes(modelId)) return { ...pack.documents, modelId };
      const packId = pack.pack.id;
      const model = await get(owner, readId("model_id", modelId));
      if (model.pack_id !== packId)
        throw new SigmaError("NOT_FOUND", `Model "${modelId}" belongs to pack "${model.pack_id}", not to "${packId}".`, {
          modelId,
          packId,
        });
      const configPath = documentPath(packId, "model_configs", modelId);
      const config = decode((await artifacts.get(keyOf(owner, configPath))).bytes);
      const texts: Record<string, string> = { [configPath]: config };
      const named = readModelDocument(config, packId, modelId);
      for (const [kind, name] of [
        ["policy_templates", named["policy"]],
        ["indicator_sets", named["indicator_set"]],
      ] as const) {
        const inPack = kind === "policy_templates" ? pack.policies : pack.indicatorSets;
        if (typeof name !== "string" || inPack.has(name)) continue;
        const path = documentPath(packId, kind, name);
        const stored = await readIfAny(keyOf(owner, path));
        if (stored) texts[path] = decode(stored.bytes);
      }
      return { ...documentsOf(texts), modelId };
    },
  };
}

const partition = (owner: string): string => `${workspacePrefix(owner)}#models`;

/** @throws INVALID_PARAM when the owner's or the model's id could not safely become a key */
const recordKey = (owner: string, modelId: string): RecordKey => ({ pk: partition(owner), sk: readId("model_id", modelId) });

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
