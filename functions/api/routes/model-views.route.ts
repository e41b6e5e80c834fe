import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { JsonSchema } from "#lib/core/json.schema.ts";
import { LIFECYCLE_STATUSES, TrainedModelSchema } from "#lib/publishing/trained-model.schema.ts";
import { listTrainedModels } from "#lib/publishing/trained-model-store.ts";
import { listRuns } from "#lib/runs/run-store.ts";
import { json } from "../http/answer.ts";
import { page, pageQuery, pageSchema, placeOf } from "../http/list.ts";
import { ModelDetailSchema, modelDetail, packIdOf, readModel, shownEtag } from "../models/model-detail.ts";
import { ModelDocumentsSchema, modelDocuments } from "../models/model-documents.ts";
import { ModelPerformanceSchema } from "../models/model-performance.schema.ts";
import { modelPerformance } from "../models/model-performance.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { RunViewSchema, runView } from "../runs/run-view.ts";

const LATEST_RUNS = 10;

const trained = TrainedModelSchema.shape;
const CardRowSchema = z.strictObject({
  trained_model_id: trained.trained_model_id,
  pack_id: trained.pack_id,
  model_id: trained.model_id,
  status: trained.status,
  gate_status: trained.gate_status,
  proven: trained.proven,
  research: trained.research,
  stamps: trained.stamps,
  holdout: trained.holdout,
  created_at: trained.created_at,
  card: z.string().describe("Where the card is"),
});

export const modelViewRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "get",
    path: "/model_detail",
    tag: "models",
    summary: "A model's configuration, effective execution, matrix and latest runs",
    query: z.strictObject({ model_id: IdSchema, pack_id: IdSchema }),
    classic: true,
    answers: {
      200: {
        description: "Model and its latest runs",
        schema: z.strictObject({ ...ModelDetailSchema.shape, execution: z.record(z.string(), JsonSchema), runs: z.array(RunViewSchema) }),
      },
    },
    handler: async ({ ports, owner, query: { model_id, pack_id } }) => {
      const read = await readModel(ports, owner, pack_id, model_id);
      const detail = await modelDetail(ports, owner, read);
      const { rows } = await listRuns(ports.metadata, owner, { packId: pack_id, modelId: model_id }, { limit: 100 });
      const runs = await Promise.all(rows.slice(0, LATEST_RUNS).map((run) => runView(ports, run)));
      const etag = shownEtag(read.etag, { matrix: detail.matrix, runs });
      return json({ ...detail, execution: detail.policy["execution"], runs }, 200, { etag });
    },
  }),
  defineRoute({
    method: "get",
    path: "/models/{model_id}/documents",
    tag: "models",
    summary: "The YAML texts of a model, and those that its template would give it today",
    params: z.strictObject({ model_id: IdSchema }),
    query: z.strictObject({ pack_id: IdSchema.optional().describe("Needed for a model that comes with its pack") }),
    answers: { 200: { description: "Texts by path", schema: ModelDocumentsSchema } },
    handler: async ({ ports, owner, params: { model_id }, query }) =>
      json(await modelDocuments(ports, owner, await packIdOf(ports, owner, model_id, query.pack_id), model_id)),
  }),
  defineRoute({
    method: "get",
    path: "/models/{model_id}/performance",
    tag: "models",
    summary: "A model's best results, what the gate says of them, and the holdouts of what was trained",
    params: z.strictObject({ model_id: IdSchema }),
    query: z.strictObject({ pack_id: IdSchema.optional().describe("Needed for a model that comes with its pack") }),
    answers: { 200: { description: "The results", schema: ModelPerformanceSchema } },
    handler: async ({ ports, owner, params: { model_id }, query }) => {
      const { model } = await readModel(ports, owner, await packIdOf(ports, owner, model_id, query.pack_id), model_id);
      return json(await modelPerformance(ports, owner, model));
    },
  }),
  defineRoute({
    method: "get",
    path: "/model_cards",
    tag: "models",
    summary: "Cards of trained models in short, by the ids of the trained models",
    query: z.strictObject({
      pack_id: IdSchema.optional(),
      model_id: IdSchema.optional(),
      status: z.enum(LIFECYCLE_STATUSES).optional(),
      ...pageQuery,
    }),
    answers: { 200: { description: "A page of cards", schema: pageSchema(CardRowSchema) } },
    handler: async ({ ports, owner, query }) => {
      const { pack_id, model_id, status } = query;
      const found = await listTrainedModels(ports.metadata, owner, placeOf(query));
      const asked = found.rows.filter(
        (model) =>
          (pack_id === undefined || model.pack_id === pack_id) &&
          (model_id === undefined || model.model_id === model_id) &&
          (status === undefined || model.status === status),
      );
      const rows = asked.map((model) => ({
        trained_model_id: model.trained_model_id,
        pack_id: model.pack_id,
        model_id: model.model_id,
        status: model.status,
        gate_status: model.gate_status,
        proven: model.proven,
        research: model.research,
        stamps: model.stamps,
        holdout: model.holdout,
        created_at: model.created_at,
        card: `/v1/model_card?trained_model_id=${model.trained_model_id}`,
      }));
      return page(rows, found.nextCursor);
    },
  }),
];
