import * as z from "zod";
import { IdSchema, SymbolSchema } from "#lib/core/ids.ts";
import { JsonSchema } from "#lib/core/json.schema.ts";
import { CreateModelSchema } from "#lib/models/create-model.schema.ts";
import { planModel } from "#lib/models/create-model.ts";
import { HORIZONS, MODEL_CADENCES, ModelConfigSchema } from "#lib/models/model-config.schema.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { modelName } from "#lib/models/naming.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { tagList } from "#lib/packs/tags.ts";
import { listRuns } from "#lib/runs/run-store.ts";
import { loadModel } from "../../shared/load-model.ts";
import type { ApiPorts } from "../api-deps.ts";
import { json } from "../http/answer.ts";
import { page, pageQuery, pageSchema } from "../http/list.ts";
import { pageOf } from "../http/page-of.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { RunViewSchema, runView } from "../runs/run-view.ts";

const packsOf = (ports: ApiPorts) => createPackLibrary({ builtIn: ports.builtinPacks, artifacts: ports.artifacts });

export const ModelRowSchema = z.strictObject({
  model_id: z.string(),
  pack_id: z.string(),
  ticker: z.string().nullable(),
  template_id: z.string().nullable(),
  created_at: z.string().nullable().describe("null: the model comes with its pack"),
});

const CreatedSchema = z.strictObject({
  model_id: z.string(),
  pack_id: z.string(),
  created: z.boolean().describe("False: the same model was there already"),
  paths: z.array(z.string()),
  lineage: z.record(z.string(), z.string()),
  warnings: z.array(z.strictObject({ code: z.string(), path: z.string(), reason: z.string(), remedy: z.string() })),
});

const ModelDetailSchema = z.strictObject({
  model_id: z.string(),
  pack_id: z.string(),
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
  warnings: CreatedSchema.shape.warnings,
});

const ModelQuery = z.strictObject({ model_id: IdSchema, pack_id: IdSchema });

/** The resolved model as the API shows it. @throws NOT_FOUND, MODEL_INVALID, POLICY_INVALID */
async function modelDetail(ports: ApiPorts, owner: string, packId: string, modelId: string): Promise<z.output<typeof ModelDetailSchema>> {
  const model = await loadModel(ports, owner, packId, modelId);
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
  return {
    model_id: modelId,
    pack_id: packId,
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
    warnings: model.warnings.map(({ code, path, reason, remedy }) => ({ code, path, reason, remedy })),
  };
}

/** Every model that the owner can use: those of the packs and the owner's own, in the order of pack and id. */
export async function allModels(ports: ApiPorts, owner: string, packId: string | undefined): Promise<z.output<typeof ModelRowSchema>[]> {
  const library = packsOf(ports);
  const packIds = packId === undefined ? (await library.list(owner)).map((pack) => pack.packId) : [packId];
  const rows: z.output<typeof ModelRowSchema>[] = [];
  for (const id of packIds) {
    const { resolved } = await library.get(owner, id);
    rows.push(...resolved.modelIds.map((model_id) => ({ model_id, pack_id: id, ticker: null, template_id: null, created_at: null })));
  }
  const store = createModelStore(ports);
  let cursor: string | undefined;
  do {
    const found = await store.list(owner, { limit: 500, ...(cursor === undefined ? {} : { cursor }) });
    for (const { model_id, pack_id, ticker, template_id, created_at } of found.models)
      if (packId === undefined || pack_id === packId) rows.push({ model_id, pack_id, ticker, template_id, created_at });
    cursor = found.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows.sort((a, b) => (`${a.pack_id}/${a.model_id}` < `${b.pack_id}/${b.model_id}` ? -1 : 1));
}

export const modelRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "get",
    path: "/models",
    tag: "models",
    summary: "Models of the packs and your own",
    query: z.strictObject({ pack_id: IdSchema.optional(), ...pageQuery }),
    answers: { 200: { description: "A page of models", schema: pageSchema(ModelRowSchema) } },
    handler: async ({ ports, owner, query }) => {
      const { rows, nextCursor } = pageOf(
        await allModels(ports, owner, query.pack_id),
        ({ pack_id, model_id }) => `${pack_id}/${model_id}`,
        query,
      );
      return page(rows, nextCursor);
    },
  }),
  defineRoute({
    method: "post",
    path: "/models",
    tag: "models",
    summary: "Creates a model from a template or from scratch; the same request again changes nothing",
    body: CreateModelSchema,
    bodyExample: { pack_id: "swingsigma", template_id: "swing_eq_daily_close", ticker: "SPX", model_id: "spx_eq_swing_daily" },
    answers: {
      201: { description: "The model was created", schema: CreatedSchema },
      200: { description: "The same model was there already", schema: CreatedSchema },
    },
    handler: async ({ ports, owner, body }) => {
      const { resolved: pack } = await packsOf(ports).get(owner, body.pack_id);
      const plan = planModel(body, pack);
      const { created, model } = await createModelStore(ports).create(owner, plan);
      await (await import("../runs/watch-volatility.ts")).watchVolatilityOf(ports, owner, plan.resolved);
      const answered: z.output<typeof CreatedSchema> = {
        model_id: model.model_id,
        pack_id: model.pack_id,
        created,
        paths: model.paths.map((path) => path.replace(`owners/${owner}/`, "")),
        lineage: { ...plan.resolved.lineage },
        warnings: plan.resolved.warnings.map(({ code, path, reason, remedy }) => ({ code, path, reason, remedy })),
      };
      return json(answered, created ? 201 : 200, { location: `/v1/models/${model.model_id}?pack_id=${model.pack_id}` });
    },
  }),
  defineRoute({
    method: "get",
    path: "/models/name",
    tag: "models",
    summary: "The id that a new model would get",
    query: z.strictObject({
      ticker: SymbolSchema,
      asset_type: z.enum(["eq", "opt"]),
      horizon: z.enum(HORIZONS),
      cadence: z.enum(MODEL_CADENCES),
      algo: z.enum(["gbm", "xgb", "prior"]).optional(),
      variant: IdSchema.optional(),
    }),
    answers: { 200: { description: "The id", schema: z.strictObject({ model_id: z.string() }) } },
    handler: async ({ query: { algo, variant, ...parts } }) =>
      json({ model_id: modelName({ ...parts, ...(algo === undefined ? {} : { algo }), ...(variant === undefined ? {} : { variant }) }) }),
  }),
  defineRoute({
    method: "get",
    path: "/models/{model_id}",
    tag: "models",
    summary: "A model with everything that it inherits, and where each value comes from",
    params: z.strictObject({ model_id: IdSchema }),
    query: z.strictObject({ pack_id: IdSchema.optional().describe("Needed for a model that comes with its pack") }),
    answers: { 200: { description: "The resolved model", schema: ModelDetailSchema } },
    handler: async ({ ports, owner, params: { model_id }, query }) => {
      const packId = query.pack_id ?? (await createModelStore(ports).get(owner, model_id)).pack_id;
      return json(await modelDetail(ports, owner, packId, model_id));
    },
  }),
  defineRoute({
    method: "get",
    path: "/model_detail",
    tag: "models",
    summary: "A model's configuration, effective execution and latest runs",
    query: ModelQuery,
    classic: true,
    answers: {
      200: {
        description: "Model and its latest runs",
        schema: z.strictObject({ ...ModelDetailSchema.shape, execution: z.record(z.string(), JsonSchema), runs: z.array(RunViewSchema) }),
      },
    },
    handler: async ({ ports, owner, query: { model_id, pack_id } }) => {
      const detail = await modelDetail(ports, owner, pack_id, model_id);
      const { rows } = await listRuns(ports.metadata, owner, { packId: pack_id, modelId: model_id }, { limit: 100 });
      const runs = await Promise.all(rows.slice(0, 10).map((run) => runView(ports, run)));
      return json({ ...detail, execution: detail.policy["execution"], runs });
    },
  }),
];
