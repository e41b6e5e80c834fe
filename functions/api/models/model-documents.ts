import * as z from "zod";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { draftModel } from "#lib/models/create-model.ts";
import { createModelReader } from "#lib/models/model-reader.ts";
import { type ModelDocument, readModelDocument } from "#lib/models/read-config.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { documentPath } from "#lib/packs/pack-source.ts";
import type { ResolvedPack } from "#lib/packs/resolved-pack.ts";
import type { ApiPorts } from "../api-deps.ts";

const TextsSchema = z.record(z.string(), z.string()).describe("YAML texts by path inside the folder of packs");

/** The documents that a model is made of, and those that its template would give it today. */
export const ModelDocumentsSchema = z.strictObject({
  model_id: z.string(),
  pack_id: z.string(),
  documents: TextsSchema,
  template: z
    .strictObject({ template_id: z.string(), version: z.int(), documents: TextsSchema })
    .nullable()
    .describe("What the template says of this ticker now; null where the model has none, or the pack has it no more"),
});
export type ModelDocumentTexts = z.output<typeof ModelDocumentsSchema>;

/** @throws NOT_FOUND; MODEL_INVALID when its configuration cannot be read */
export async function modelDocuments(ports: ApiPorts, owner: string, packId: string, modelId: string): Promise<ModelDocumentTexts> {
  const { resolved: pack } = await createPackLibrary({
    builtIn: ports.builtinPacks,
    artifacts: ports.artifacts,
    metadata: ports.metadata,
  }).get(owner, packId);
  const documents = await createModelReader(ports).documents(owner, pack, modelId);
  const own = documents.list().filter((path) => path.endsWith(`/${modelId}.yaml`));
  const config = readModelDocument(documents.read(documentPath(packId, "model_configs", modelId))!, packId, modelId);
  return {
    model_id: modelId,
    pack_id: packId,
    documents: Object.fromEntries(own.map((path) => [path, documents.read(path)!])),
    template: templateOf(pack, config),
  };
}

/** The template under the model's own identity: what it is of is no change of what the template says. */
function templateOf(pack: ResolvedPack, config: ModelDocument): ModelDocumentTexts["template"] {
  const { template_id, pack_id, model_id, ticker, asset_type, horizon, cadence, data, instrument } = config;
  const template = typeof template_id === "string" ? pack.templates.get(template_id) : undefined;
  if (template === undefined) return null;
  const identity = { pack_id, template_id, model_id, ticker, asset_type, horizon, cadence, data, instrument };
  try {
    const { texts } = draftModel(identity, pack);
    return { template_id: template.name, version: template.version, documents: texts };
  } catch (error) {
    // A model that came into the pack after it was created: its name is the pack's now.
    if (error instanceof SigmaError && error.code === "CONFLICT") return null;
    throw error;
  }
}
