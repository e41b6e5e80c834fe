import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { json } from "../http/answer.ts";
import { CheckRequestSchema, CheckViewSchema } from "../packs/pack-check.schema.ts";
import { PackStateSchema, packState } from "../packs/pack-state.ts";
import { SubmitBodySchema } from "../packs/submit-body.schema.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { acceptRun, RUN_ANSWERS } from "../runs/accept-run.ts";

/** What a change of a pack needs is loaded by the first request that changes one. */
const packs = () => import("../packs/own-packs.ts");

const PackParams = z.strictObject({ pack_id: IdSchema });

/** YAML texts of a pack by their paths. */
const DocumentsSchema = z
  .record(
    z.string().regex(/^[a-z0-9][a-z0-9_]{0,63}\/[a-z0-9_./-]{1,160}$/, "must be a path such as my_pack/pack.yaml"),
    z.string().max(65_536),
  )
  .describe("YAML texts by path, such as my_pack/pack.yaml; each at most 64 KB");

const WriteSchema = z.strictObject({ documents: DocumentsSchema });
const bodyExample = { documents: { "my_pack/pack.yaml": "id: my_pack" } };

export const ownPackRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "post",
    path: "/packs",
    tag: "packs",
    conditional: true,
    summary: "Writes a pack of your own. Models can be made of it once it has passed its one-year check and was activated",
    body: WriteSchema,
    bodyExample,
    answers: { 201: { description: "The pack, a draft", schema: PackStateSchema } },
    handler: async (call) => {
      const { createPack, packEtag, requirePackTier } = await packs();
      await requirePackTier(call, ({ packApi }) => packApi, "Packs written as documents");
      const pack = await createPack(call, call.body.documents);
      return json(packState(pack), 201, { location: `/v1/packs/${pack.pack_id}`, etag: packEtag(pack) });
    },
  }),
  defineRoute({
    method: "put",
    path: "/packs/{pack_id}",
    tag: "packs",
    conditional: true,
    summary: "Writes another version of a pack of your own, whole. Models go on with the one in use until this one is activated",
    params: PackParams,
    body: WriteSchema,
    bodyExample,
    answers: { 200: { description: "The pack with the version that waits", schema: PackStateSchema } },
    handler: async (call) => {
      const { ownPack, packEtag, requirePackTier, updatePack } = await packs();
      const before = await ownPack(call, call.params.pack_id, call.context.req.header("if-match"));
      await requirePackTier(call, ({ packApi }) => packApi, "Packs written as documents");
      const pack = await updatePack(call, before, call.body.documents);
      return json(packState(pack), 200, { etag: packEtag(pack) });
    },
  }),
  defineRoute({
    method: "delete",
    path: "/packs/{pack_id}",
    tag: "packs",
    conditional: true,
    summary: "Removes a pack of your own with all its versions. Refused while it has models or runs work on it",
    params: PackParams,
    answers: { 200: { description: "What was removed", schema: z.strictObject({ pack_id: z.string(), removed: z.literal(true) }) } },
    handler: async (call) => {
      const { ownPack, removePack } = await packs();
      const { pack_id } = call.params;
      await removePack(call, await ownPack(call, pack_id, call.context.req.header("if-match")));
      return json({ pack_id, removed: true });
    },
  }),
  defineRoute({
    method: "get",
    path: "/packs/{pack_id}/documents",
    tag: "packs",
    summary: "The YAML texts of a pack, to copy or to change: of your own pack what was written last",
    params: PackParams,
    answers: {
      200: { description: "Texts by path", schema: z.strictObject({ pack_id: z.string(), documents: z.record(z.string(), z.string()) }) },
    },
    handler: async ({ ports, owner, params: { pack_id } }) =>
      json({ pack_id, documents: await (await packs()).documentsOfPack(ports, owner, pack_id) }),
  }),
  defineRoute({
    method: "post",
    path: "/packs/{pack_id}/check",
    tag: "packs",
    summary: "Backtests the version that waits on one year of data, as a run of the pipeline. GET the same path says what it found",
    params: PackParams,
    body: CheckRequestSchema,
    bodyExample: { ticker: "SPX" },
    startsRun: true,
    answers: RUN_ANSWERS,
    handler: async (call) => {
      const { ownPack, requirePackTier } = await packs();
      const before = await ownPack(call, call.params.pack_id);
      await requirePackTier(call, ({ packBuilder }) => packBuilder, "Packs of your own");
      const { startPackCheck } = await import("../packs/pack-check.ts");
      return acceptRun(call, await startPackCheck(call.ports, call.owner, before, call.body));
    },
  }),
  defineRoute({
    method: "get",
    path: "/packs/{pack_id}/check",
    tag: "packs",
    summary: "What the one-year check of the version that waits found so far, with the codes of what it objects to",
    params: PackParams,
    answers: { 200: { description: "The check", schema: CheckViewSchema } },
    handler: async (call) => json(await (await packs()).checkOfPack(call, call.params.pack_id)),
  }),
  defineRoute({
    method: "post",
    path: "/packs/{pack_id}/activate",
    tag: "packs",
    conditional: true,
    summary:
      "Makes the version that waits the one that models use. It must have passed its check, and models of the pack must still hold together",
    params: PackParams,
    answers: { 200: { description: "The pack", schema: PackStateSchema } },
    handler: async (call) => {
      const { activatePack, ownPack, packEtag, requirePackTier } = await packs();
      const before = await ownPack(call, call.params.pack_id, call.context.req.header("if-match"));
      await requirePackTier(call, ({ packBuilder }) => packBuilder, "Packs of your own");
      const pack = await activatePack(call, before);
      return json(packState(pack), 200, { etag: packEtag(pack) });
    },
  }),
  defineRoute({
    method: "post",
    path: "/packs/{pack_id}/submit",
    tag: "packs",
    conditional: true,
    summary: "Hands the version in use in for review",
    params: PackParams,
    body: SubmitBodySchema,
    bodyExample: { note: "Trades breakouts of liquid stocks." },
    answers: { 200: { description: "The pack with its submission", schema: PackStateSchema } },
    handler: async (call) => {
      const { ownPack, packEtag, requirePackTier, submitPack } = await packs();
      const before = await ownPack(call, call.params.pack_id, call.context.req.header("if-match"));
      await requirePackTier(call, ({ packSubmission }) => packSubmission, "Packs handed in for review");
      const pack = await submitPack(call, before, call.body.note ?? null);
      return json(packState(pack), 200, { etag: packEtag(pack) });
    },
  }),
];
