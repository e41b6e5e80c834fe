import * as z from "zod";
import { readTier } from "#lib/accounts/account-store.ts";
import { IdSchema } from "#lib/core/ids.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { readRow } from "#lib/leaderboard/leaderboard-store.ts";
import { EXPORT_FORMATS, exportOf } from "#lib/publishing/exports.ts";
import { ACTIONS, applyTransition } from "#lib/publishing/lifecycle.ts";
import { TrainedModelSchema, TransitionBodySchema } from "#lib/publishing/trained-model.schema.ts";
import { listTrainedModels, readTrainedModel } from "#lib/publishing/trained-model-store.ts";
import { startRun } from "#lib/runs/start-run.ts";
import { ModelCardSchema } from "#lib/training/model-card.schema.ts";
import { requireOwnSettings } from "#lib/training/own-settings.ts";
import { requireTrainable } from "#lib/training/training-permission.ts";
import { bytes, json } from "../http/answer.ts";
import { page, pageQuery, pageSchema, placeOf } from "../http/list.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { acceptRun, RUN_ANSWERS } from "../runs/accept-run.ts";
import { requestModelRun } from "../runs/request-model-run.ts";
import { payloadOf } from "../runs/request-payload.ts";
import { TrainBodySchema } from "../runs/train-body.schema.ts";

const TrainedParams = z.strictObject({ trained_model_id: IdSchema });
const ActionParams = z.strictObject({ trained_model_id: IdSchema, action: z.enum(ACTIONS) });

export const trainRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "post",
    path: "/train",
    needsMatrix: true,
    tag: "train",
    summary: "Trains selected leaderboard rows, each into its own model, and looks at the holdout once",
    body: TrainBodySchema,
    bodyExample: { pack_id: "swingsigma", model_id: "spx_eq_swing_daily", research: true },
    classic: true,
    startsRun: true,
    answers: RUN_ANSWERS,
    handler: async (call) => {
      const { ports, owner, body } = call;
      // Every model has one label, so a target says nothing that the run must know.
      const { pack_id, model_id, override_reason, target, ...rest } = body;
      requireOwnSettings(body);
      const override = override_reason === undefined ? undefined : { by: owner, reason: override_reason };
      for (const rowId of body.rows ?? []) {
        const row = await readRow(ports.metadata, owner, rowId);
        if (row.model_id !== model_id || row.pack_id !== pack_id)
          throw new SigmaError("UNPROCESSABLE", `Row "${rowId}" belongs to model "${row.model_id}" of pack "${row.pack_id}".`, {
            row_id: rowId,
            model_id: row.model_id,
          });
        requireTrainable(rowId, row.gate, { research: body.research, override: override ?? null });
      }
      const started = await requestModelRun(ports, {
        owner,
        tier: await readTier(ports.metadata, owner, call.deps.mode),
        machine: "train",
        packId: pack_id,
        modelId: model_id,
        tag: body.tag,
        request: payloadOf({ ...rest, override }),
      });
      return acceptRun(call, started);
    },
  }),
  defineRoute({
    method: "get",
    path: "/trained_models",
    tag: "train",
    summary: "Trained models with their lifecycle",
    query: z.strictObject(pageQuery),
    answers: { 200: { description: "A page of trained models", schema: pageSchema(TrainedModelSchema) } },
    handler: async ({ ports, owner, query }) => {
      const { rows, nextCursor } = await listTrainedModels(ports.metadata, owner, placeOf(query));
      return page(rows, nextCursor);
    },
  }),
  defineRoute({
    method: "get",
    path: "/trained_models/{trained_model_id}",
    tag: "train",
    summary: "One trained model: gate, holdout, lineage, transitions",
    params: TrainedParams,
    answers: { 200: { description: "The trained model", schema: TrainedModelSchema } },
    handler: async ({ ports, owner, params }) => json((await readTrainedModel(ports.metadata, owner, params.trained_model_id)).model),
  }),
  defineRoute({
    method: "get",
    path: "/trained_models/{trained_model_id}/export",
    tag: "train",
    summary:
      "A trained model's refit as a file: onnx (calibrated), lightgbm (text, before calibration), calibration (JSON), sigma (all of it)",
    params: TrainedParams,
    query: z.strictObject({ format: z.enum(EXPORT_FORMATS) }),
    answers: { 200: { description: "The file", type: "application/octet-stream", example: "tree\nversion=v4\n..." } },
    handler: async ({ ports, owner, params, query }) => {
      const { model } = await readTrainedModel(ports.metadata, owner, params.trained_model_id);
      const { ref, file, type } = exportOf(model, query.format);
      const stored = await ports.artifacts.get(ref.key, ref.sha256);
      return bytes(stored.bytes, type, { "content-disposition": `attachment; filename="${file}"` });
    },
  }),
  defineRoute({
    method: "get",
    path: "/model_card",
    tag: "train",
    summary: "The card of a trained model; Markdown with Accept: text/markdown",
    query: TrainedParams,
    answers: {
      200: { description: "The card", schema: ModelCardSchema, also: { "text/markdown": "# spx_eq_swing_daily\n\nTrained on ..." } },
    },
    handler: async ({ ports, owner, query, context }) => {
      const { model } = await readTrainedModel(ports.metadata, owner, query.trained_model_id);
      if ((context.req.header("accept") ?? "").includes("text/markdown")) {
        const { bytes: markdown } = await ports.artifacts.get(model.card.key.replace(/\.json$/, ".md"));
        return bytes(markdown, "text/markdown; charset=utf-8");
      }
      const card = await ports.artifacts.get(model.card.key, model.card.sha256);
      return json(JSON.parse(new TextDecoder().decode(card.bytes)));
    },
  }),
  defineRoute({
    method: "post",
    path: "/trained_models/{trained_model_id}/{action}",
    tag: "train",
    summary: "Moves a trained model through its lifecycle: publish (to paper), pause, resume, retire, discard",
    params: ActionParams,
    body: TransitionBodySchema,
    bodyExample: { reason: "passed the gate" },
    startsRun: true,
    answers: RUN_ANSWERS,
    handler: async (call) => {
      const { ports, owner, params, body, deps } = call;
      const { trained_model_id, action } = params;
      const request = { action, by: owner, reason: body.reason };
      const { model } = await readTrainedModel(ports.metadata, owner, trained_model_id);
      // What the step would refuse is refused here, before a run exists.
      applyTransition(model, { ...request, at: new Date(deps.now()).toISOString() });
      const started = await startRun(ports, {
        owner,
        machine: "publish",
        packId: model.pack_id,
        modelId: model.model_id,
        tag: action,
        codeVersion: ports.codeVersion,
        // The number of changes so far tells the second pause from the first.
        input: { trained_model_id, request, basis: { transitions: model.transitions.length } },
      });
      return acceptRun(call, started);
    },
  }),
];
