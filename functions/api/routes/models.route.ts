import * as z from "zod";
import { IdSchema, SymbolSchema } from "#lib/core/ids.ts";
import { LEARNERS } from "#lib/learners/learner.schema.ts";
import { type CreateModelRequest, CreateModelSchema } from "#lib/models/create-model.schema.ts";
import { HORIZONS, MODEL_CADENCES } from "#lib/models/model-config.schema.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { modelName } from "#lib/models/naming.ts";
import { UpdateModelSchema } from "#lib/models/update-model.schema.ts";
import { json } from "../http/answer.ts";
import { page, pageQuery, pageSchema } from "../http/list.ts";
import { pageOf } from "../http/page-of.ts";
import {
  ModelDetailSchema,
  modelDetail,
  modelEtag,
  packIdOf,
  readModel,
  shownEtag,
  shownPaths,
  WarningsSchema,
  warningsOf,
} from "../models/model-detail.ts";
import { allModels, ModelRowSchema, withMatrices } from "../models/model-rows.ts";
import { ModelVerdictSchema } from "../models/model-verdict.schema.ts";
import { withinReach } from "../models/within-reach.ts";
import { type AnyRoute, defineRoute } from "../route.ts";

const CreatedSchema = z.strictObject({
  model_id: z.string(),
  pack_id: z.string(),
  created: z.boolean().describe("False: the same model was there already"),
  paths: z.array(z.string()),
  lineage: z.record(z.string(), z.string()),
  warnings: WarningsSchema,
});

const ModelParams = z.strictObject({ model_id: IdSchema });
const PackQuery = z.strictObject({ pack_id: IdSchema.optional().describe("Needed for a model that comes with its pack") });

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
      return page(await withMatrices(ports, owner, rows), nextCursor);
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
    handler: async ({ ports, owner, raw }) => {
      const { planDraft } = await import("../../shared/plan-draft.ts");
      const plan = await planDraft(ports, owner, raw as CreateModelRequest);
      const judged = await withinReach(plan.resolved);
      const { created, model } = await createModelStore(ports).create(owner, plan);
      await (await import("../runs/watch-volatility.ts")).watchVolatilityOf(ports, owner, plan.resolved);
      const answered: z.output<typeof CreatedSchema> = {
        model_id: model.model_id,
        pack_id: model.pack_id,
        created,
        paths: shownPaths(owner, model),
        lineage: { ...plan.resolved.lineage },
        warnings: warningsOf(judged),
      };
      return json(answered, created ? 201 : 200, {
        location: `/v1/models/${model.model_id}?pack_id=${model.pack_id}`,
        etag: modelEtag(plan.resolved, model),
      });
    },
  }),
  defineRoute({
    method: "post",
    path: "/models/validate",
    tag: "models",
    summary: "What a model would be and all that is wrong with it, by the rules of its creation; nothing is made",
    body: CreateModelSchema,
    bodyExample: { pack_id: "swingsigma", template_id: "swing_eq_daily_close", ticker: "SPX" },
    answers: { 200: { description: "The verdict", schema: ModelVerdictSchema } },
    handler: async ({ ports, owner, raw }) => {
      const { judgedDraft } = await import("../models/judge-draft.ts");
      return json(await judgedDraft(ports, owner, raw as CreateModelRequest));
    },
  }),
  defineRoute({
    method: "get",
    path: "/models/name",
    tag: "models",
    summary: "The id that a new model would get, and whether it is free",
    query: z.strictObject({
      ticker: SymbolSchema,
      asset_type: z.enum(["eq", "opt"]),
      horizon: z.enum(HORIZONS),
      cadence: z.enum(MODEL_CADENCES),
      algo: z.enum([...LEARNERS, "lightgbm", "xgb"]).optional(),
      variant: IdSchema.optional(),
    }),
    answers: { 200: { description: "The id", schema: z.strictObject({ model_id: z.string(), is_free: z.boolean() }) } },
    handler: async ({ ports, owner, query: { algo, variant, ...parts } }) => {
      const model_id = modelName({ ...parts, ...(algo === undefined ? {} : { algo }), ...(variant === undefined ? {} : { variant }) });
      return json({ model_id, is_free: (await createModelStore(ports).find(owner, model_id)) === undefined });
    },
  }),
  defineRoute({
    method: "get",
    path: "/models/{model_id}",
    tag: "models",
    conditional: true,
    summary: "A model with everything that it inherits, and where each value comes from",
    params: ModelParams,
    query: PackQuery,
    answers: {
      200: { description: "The resolved model; its ETag is what If-Match takes", schema: ModelDetailSchema },
      304: { description: "Unchanged since the etag that was sent" },
    },
    handler: async ({ ports, owner, params: { model_id }, query }) => {
      const read = await readModel(ports, owner, await packIdOf(ports, owner, model_id, query.pack_id), model_id);
      const detail = await modelDetail(ports, owner, read);
      return json(detail, 200, { etag: shownEtag(read.etag, detail.matrix), "cache-control": "private, no-cache" });
    },
  }),
  defineRoute({
    method: "patch",
    path: "/models/{model_id}",
    tag: "models",
    conditional: true,
    summary: "Changes an own model: configuration, policy and own indicators together or not at all. If-Match makes it conditional",
    params: ModelParams,
    query: PackQuery,
    body: UpdateModelSchema,
    bodyExample: { risk_profile: "conservative", policy: { execution: { slippage_bps: 2 } } },
    answers: {
      200: { description: "The model as it is now; its matrix is stale when features, label or data changed", schema: ModelDetailSchema },
    },
    handler: async ({ ports, owner, params: { model_id }, query, raw, context }) => {
      const { changeModel } = await import("../models/change-models.ts");
      const { detail, etag } = await changeModel(
        ports,
        owner,
        { modelId: model_id, packId: query.pack_id, ifMatch: context.req.header("if-match") },
        raw,
      );
      return json(detail, 200, { etag });
    },
  }),
  defineRoute({
    method: "delete",
    path: "/models/{model_id}",
    tag: "models",
    conditional: true,
    summary:
      "Removes an own model's documents. Its runs, results and trained models stay. Refused while runs work on it or one of it is published",
    params: ModelParams,
    query: PackQuery,
    answers: {
      200: {
        description: "What was removed",
        schema: z.strictObject({ model_id: z.string(), pack_id: z.string(), removed: z.array(z.string()) }),
      },
    },
    handler: async ({ ports, owner, params: { model_id }, query, context }) => {
      const { removeModel } = await import("../models/change-models.ts");
      return json(await removeModel(ports, owner, { modelId: model_id, packId: query.pack_id, ifMatch: context.req.header("if-match") }));
    },
  }),
];
