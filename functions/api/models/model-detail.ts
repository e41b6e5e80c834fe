import * as z from "zod";
import { sha256OfJson } from "#lib/core/digest.ts";
import { JsonSchema } from "#lib/core/json.schema.ts";
import { ModelConfigSchema } from "#lib/models/model-config.schema.ts";
import { createModelReader, type StoredModel } from "#lib/models/model-reader.ts";
import type { ModelRecord } from "#lib/models/model-record.schema.ts";
import type { ResolvedModel } from "#lib/models/resolved-model.ts";
import { tagList } from "#lib/packs/tags.ts";
import { loadModel } from "../../shared/load-model.ts";
import type { ApiPorts } from "../api-deps.ts";
import { etagOf } from "../http/conditions.ts";
import { MatrixStatusSchema, readMatrixStatus } from "./matrix-status.ts";

export const WarningsSchema = z.array(z.strictObject({ code: z.string(), path: z.string(), reason: z.string(), remedy: z.string() }));

/** A model with everything that it inherits, as the API shows it. */
export const ModelDetailSchema = z.strictObject({
  model_id: z.string(),
  pack_id: z.string(),
  origin: z.enum(["own", "pack"]).describe("pack: it comes with its pack and cannot be changed"),
  created_at: z.string().nullable(),
  updated_at: z.string().nullable(),
  paths: z.array(z.string()).describe("The owner's documents that it is made of; empty when it comes with its pack"),
  config: ModelConfigSchema,
  policy: z.record(z.string(), JsonSchema),
  risk_profile: z.record(z.string(), JsonSchema),
  limits: z.record(z.string(), JsonSchema).describe("The gate's limits in force"),
  strategy: z.record(z.string(), JsonSchema).nullable(),
  indicators: z.array(JsonSchema),
  columns: z.array(z.strictObject({ name: z.string(), indicator: z.string(), unit: z.string() })),
  tags: z.array(z.string()),
  lineage: z.record(z.string(), z.string()),
  provenance: z.record(z.string(), z.string()).describe("Which document set each value"),
  matrix: MatrixStatusSchema,
  features_changed_at: z.string().nullable().describe("When a change last made matrices of before stale"),
  warnings: WarningsSchema,
});
export type ModelDetail = z.infer<typeof ModelDetailSchema>;

export const warningsOf = ({ warnings }: Pick<ResolvedModel, "warnings">): z.output<typeof WarningsSchema> =>
  warnings.map(({ code, path, reason, remedy }) => ({ code, path, reason, remedy }));

/** Keys of documents as their owner sees them. */
export const shownPaths = (owner: string, { paths }: Pick<ModelRecord, "paths">): string[] =>
  paths.map((path) => path.replace(`owners/${owner}/`, ""));

/** A model that was read, with the tag of this reading and the record, if it is the owner's own. */
export interface ReadModel {
  readonly model: ResolvedModel;
  readonly record: StoredModel | undefined;
  readonly etag: string;
}

/** @throws NOT_FOUND, MODEL_INVALID, POLICY_INVALID */
export async function readModel(ports: ApiPorts, owner: string, packId: string, modelId: string): Promise<ReadModel> {
  const record = await createModelReader(ports).find(owner, modelId);
  const model = await loadModel(ports, owner, packId, modelId);
  const own = record?.pack_id === packId ? record : undefined;
  return { model, record: own, etag: modelEtag(model, own) };
}

export const modelEtag = ({ lineage }: Pick<ResolvedModel, "lineage">, record: StoredModel | undefined): string =>
  etagOf(`${record?.version ?? 0}.${sha256OfJson(lineage).slice(0, 16)}`);

/**
 * The tag of what a reader sees: the definition's, and behind it what else is shown, which changes without the definition (a build makes
 * a stale matrix current).
 */
export const shownEtag = (etag: string, beside: unknown): string =>
  `${etag.slice(0, -1)}~${sha256OfJson(JSON.parse(JSON.stringify(beside))).slice(0, 12)}"`;

/** What a write compares of the tags that it names: the definition alone. */
export const definitionTags = (ifMatch: string | undefined): string | undefined => ifMatch?.replaceAll(/~[0-9a-f]{12}"/g, '"');

export async function modelDetail(ports: ApiPorts, owner: string, { model, record }: Omit<ReadModel, "etag">): Promise<ModelDetail> {
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
  const { model_id, pack_id } = model.config;
  return {
    model_id,
    pack_id,
    origin: record === undefined ? "pack" : "own",
    created_at: record?.created_at ?? null,
    updated_at: record?.updated_at ?? null,
    paths: record === undefined ? [] : shownPaths(owner, record),
    config: model.config,
    policy: plain(model.policy),
    risk_profile: plain(model.riskProfile),
    limits: plain(model.limits),
    strategy: plain(model.strategy),
    indicators: plain(model.indicatorEntries),
    columns: model.columns.map(({ name, indicator, unit }) => ({ name, indicator, unit })),
    tags: tagList(model.tags),
    lineage: { ...model.lineage },
    provenance: { ...model.provenance },
    matrix: await readMatrixStatus(ports, owner, model),
    features_changed_at: record?.features_changed_at ?? null,
    warnings: warningsOf(model),
  };
}

/** The pack of a model: the one that is named, else that of the owner's own model. @throws NOT_FOUND */
export const packIdOf = async (ports: ApiPorts, owner: string, modelId: string, named: string | undefined): Promise<string> =>
  named ?? (await createModelReader(ports).get(owner, modelId)).pack_id;
