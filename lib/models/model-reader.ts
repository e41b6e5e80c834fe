import { readId } from "../core/ids.ts";
import { parseOr } from "../errors/parse.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { type DocumentKind, documentPath, documentsOf } from "../packs/pack-source.ts";
import type { ResolvedPack } from "../packs/resolved-pack.ts";
import { workspacePrefix } from "../packs/workspace.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { MetadataStore, RecordKey } from "../ports/metadata-store.ts";
import { type ModelRecord, ModelRecordSchema } from "./model-record.schema.ts";
import { readModelDocument } from "./read-config.ts";
import type { ModelDocuments } from "./resolve-model.ts";

/** A record with the version that conditional writes compare. */
export type StoredModel = ModelRecord & { readonly version: number };

/** Reads the models that an owner created. A model exists from the moment its record does, and then whole. */
export interface ModelReader {
  /** The owner's model of this id, in whatever pack. */
  find(owner: string, modelId: string): Promise<StoredModel | undefined>;
  /** @throws NOT_FOUND */
  get(owner: string, modelId: string): Promise<StoredModel>;
  /** Models in the order of their ids. */
  list(
    owner: string,
    options?: { readonly limit?: number; readonly cursor?: string },
  ): Promise<{ readonly models: readonly StoredModel[]; readonly nextCursor: string | null }>;
  /**
   * The documents as they are now, edited by hand or not, for `resolveModel`. A model that comes with the pack is read
   * from the pack.
   *
   * @param others - further indicator sets of the owner's that a composition asks for
   * @throws NOT_FOUND when neither the pack nor the owner has such a model in this pack
   */
  documents(owner: string, pack: ResolvedPack, modelId: string, others?: readonly string[]): Promise<ModelDocuments>;
  /** Texts of indicator sets that the owner keeps beside the pack, of those names that are not the pack's own. */
  sets(owner: string, pack: ResolvedPack, names: readonly string[]): Promise<Readonly<Record<string, string>>>;
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Key of a document of the owner's, by its path inside the folder of packs. */
export const modelKey = (owner: string, path: string): string => `${workspacePrefix(owner)}/${path}`;

/** Path of a document inside the folder of packs, whichever version of the model the key belongs to. */
export const modelPath = ({ pack_id }: Pick<ModelRecord, "pack_id">, key: string): string =>
  `${pack_id}/${key.split("/").slice(-2).join("/")}`;

/** What stands at a key, or undefined. */
export function readIfAny(
  artifacts: ArtifactStore,
  key: string,
): Promise<{ readonly bytes: Uint8Array; readonly etag: string } | undefined> {
  return artifacts.get(key).catch((error: unknown) => {
    if (error instanceof SigmaError && error.code === "ARTIFACT_NOT_FOUND") return undefined;
    throw error;
  });
}

export function createModelReader({
  artifacts,
  metadata,
}: {
  readonly artifacts: ArtifactStore;
  readonly metadata: MetadataStore;
}): ModelReader {
  const find = async (owner: string, modelId: string): Promise<StoredModel | undefined> => {
    const stored = await metadata.get("state", modelRecordKey(owner, modelId));
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

  /** Texts of the model's own documents by their paths. A change that comes in between is read instead. */
  const ownTexts = async (owner: string, model: StoredModel): Promise<Record<string, string>> => {
    for (let current = model; ; ) {
      const { paths, model_id, version } = current;
      const found = await Promise.all(
        paths.map(async (key) => ({ path: modelPath(current, key), stored: await readIfAny(artifacts, key) })),
      );
      const texts = Object.fromEntries(found.flatMap(({ path, stored }) => (stored ? [[path, decode(stored.bytes)]] : [])));
      if (found.every(({ stored }) => stored !== undefined)) return texts;
      const next = await get(owner, model_id);
      if (next.version !== version) {
        current = next;
        continue;
      }
      // By hand a policy or a set may go, when the configuration does not name it any more.
      if (found[0]!.stored !== undefined) return texts;
      throw new SigmaError("ARTIFACT_NOT_FOUND", `The model "${model_id}" has lost its configuration "${paths[0]}".`, {
        modelId: model_id,
      });
    }
  };

  /** Documents that the owner wrote beside the pack's, of those names that the pack does not have. */
  const named = async (
    owner: string,
    pack: ResolvedPack,
    wanted: readonly (readonly [DocumentKind, unknown])[],
  ): Promise<Record<string, string>> => {
    const texts: Record<string, string> = {};
    for (const [kind, name] of wanted) {
      const inPack = kind === "policy_templates" ? pack.policies : pack.indicatorSets;
      if (typeof name !== "string" || inPack.has(name)) continue;
      const path = documentPath(pack.pack.id, kind, readId(kind, name));
      const stored = await readIfAny(artifacts, modelKey(owner, path));
      if (stored) texts[path] = decode(stored.bytes);
    }
    return texts;
  };

  return {
    find,
    get,

    async list(owner, options = {}) {
      const { limit = 100, cursor } = options;
      const page = await metadata.query({ table: "state", pk: partition(owner), limit, ...(cursor === undefined ? {} : { cursor }) });
      const models = page.records.map(({ body, version, sk }) => ({
        ...parseOr("ARTIFACT_CORRUPT", ModelRecordSchema, body, `The record of model "${sk}"`),
        version,
      }));
      return { models, nextCursor: page.nextCursor };
    },

    sets: (owner, pack, names) => named(owner, pack, setsOf(names)),

    async documents(owner, pack, modelId, others = []) {
      if (pack.modelIds.includes(modelId)) {
        const texts = Object.fromEntries(pack.documents.list().map((path) => [path, pack.documents.read(path)!]));
        return { ...documentsOf({ ...texts, ...(await named(owner, pack, setsOf(others))) }), modelId };
      }
      const packId = pack.pack.id;
      const model = await get(owner, readId("model_id", modelId));
      if (model.pack_id !== packId)
        throw new SigmaError("NOT_FOUND", `Model "${modelId}" belongs to pack "${model.pack_id}", not to "${packId}".`, {
          modelId,
          packId,
        });
      const texts = await ownTexts(owner, model);
      const config = readModelDocument(texts[documentPath(packId, "model_configs", modelId)]!, packId, modelId);
      const wanted: readonly (readonly [DocumentKind, unknown])[] = [
        ["policy_templates", config["policy"]],
        ["indicator_sets", config["indicator_set"]],
        ...setsOf(others),
      ];
      return { ...documentsOf({ ...(await named(owner, pack, wanted)), ...texts }), modelId };
    },
  };
}

const setsOf = (names: readonly string[]) => names.map((name) => ["indicator_sets", name] as const);

const partition = (owner: string): string => `${workspacePrefix(owner)}#models`;

/** @throws INVALID_PARAM when the owner's or the model's id could not safely become a key */
export const modelRecordKey = (owner: string, modelId: string): RecordKey => ({ pk: partition(owner), sk: readId("model_id", modelId) });
