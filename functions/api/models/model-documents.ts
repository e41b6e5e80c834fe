import * as z from "zod";
import { JsonSchema } from "#lib/core/json.schema.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { DataSource } from "#lib/matrix/matrix-data.ts";
import { findManifest } from "#lib/matrix/stored-manifest.ts";
import { draftModel } from "#lib/models/create-model.ts";
import { createModelReader } from "#lib/models/model-reader.ts";
import { type ModelDocument, readModelDocument } from "#lib/models/read-config.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { documentPath } from "#lib/packs/pack-source.ts";
import type { ResolvedPack } from "#lib/packs/resolved-pack.ts";
import { loadModel } from "../../shared/load-model.ts";
import { findMatrixPointer } from "../../shared/matrix-pointer.ts";
import type { ApiPorts } from "../api-deps.ts";

const TextsSchema = z.record(z.string(), z.string()).describe("YAML texts by path inside the folder of packs");

const InputsSchema = z.record(z.string(), JsonSchema);
type Inputs = z.output<typeof InputsSchema>;

/** The documents that a model is made of, and those that its template would give it today. */
export const ModelDocumentsSchema = z.strictObject({
  model_id: z.string(),
  pack_id: z.string(),
  documents: TextsSchema,
  template: z
    .strictObject({ template_id: z.string(), version: z.int(), documents: TextsSchema })
    .nullable()
    .describe("What the template says of this ticker now; null where the model has none, or the pack has it no more"),
  built: z
    .strictObject({
      matrix_sha: z.string(),
      inputs: InputsSchema.describe("What the matrix that the model points to was built of"),
      now: InputsSchema.describe("What a build of the model as it is now, over the same data, would be built of"),
    })
    .nullable()
    .describe("null until a matrix was built"),
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
    built: await builtOf(ports, owner, packId, modelId),
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

/** What the last build read, beside what the next one would: where they differ, the matrix is stale. */
async function builtOf(ports: ApiPorts, owner: string, packId: string, modelId: string): Promise<ModelDocumentTexts["built"]> {
  const pointer = await findMatrixPointer(ports, owner, packId, modelId);
  const manifest = pointer && (await findManifest(ports.artifacts, pointer.prefix, pointer.matrix_sha));
  if (!manifest) return null;
  const [{ matrixSpecOf }, { matrixInputs }] = await Promise.all([
    import("#lib/matrix/matrix-spec.ts"),
    import("#lib/matrix/fingerprint.ts"),
  ]);
  const { config, indicatorEntries } = await loadModel(ports, owner, packId, modelId);
  const data = manifest.inputs["data"] as readonly ({ role: string; symbol: string; cadence: string } & DataSource["facts"])[];
  const sources = data.map(({ role, symbol, cadence, ...facts }) => ({ role, symbol, cadence, facts }) as DataSource);
  const now = matrixInputs(matrixSpecOf(config, indicatorEntries, config.data.symbol, sources));
  const { universe, membership } = manifest.inputs;
  const plain = (inputs: object): Inputs => JSON.parse(JSON.stringify(inputs));
  const own = { symbol: config.data.symbol, provider: config.data.provider, cadence: config.cadence };
  return {
    matrix_sha: manifest.matrix_sha,
    inputs: plain({ ...manifest.inputs, data: data.map(({ role, symbol, provider, cadence }) => ({ role, symbol, provider, cadence })) }),
    now: plain({
      ...now,
      universe,
      membership,
      data: data.map(({ role, symbol, provider, cadence }) => ({ role, symbol, provider, cadence, ...(role === "bars" ? own : {}) })),
    }),
  };
}
