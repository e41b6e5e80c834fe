import * as z from "zod";
import { ValidationReportSchema } from "#lib/coherence/report.schema.ts";
import { IdSchema } from "#lib/core/ids.ts";
import { FIRST_CHOICES, IdentityStepSchema, InstrumentsStepSchema, StrategiesStepSchema } from "#lib/packs/builder/pack-draft.schema.ts";
import { type Answer, json } from "../http/answer.ts";
import { page, pageQuery, pageSchema, placeOf } from "../http/list.ts";
import { CheckRequestSchema } from "../packs/pack-check.schema.ts";
import { CreateDraftSchema, DraftViewSchema, reviewSchema } from "../packs/pack-draft.schema.ts";
import { PackStateSchema, packState } from "../packs/pack-state.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { acceptRun, RUN_ANSWERS } from "../runs/accept-run.ts";

/** The builder is loaded by the first request that builds. */
const builder = () => import("../packs/pack-drafts.ts");
type Builder = Awaited<ReturnType<typeof builder>>;

const DraftParams = z.strictObject({ pack_id: IdSchema });

const shown = async (
  call: Parameters<Builder["draftView"]>[0],
  draft: Parameters<Builder["draftView"]>[1],
  status = 200,
): Promise<Answer> => {
  const { draftEtag, draftView } = await builder();
  return json(await draftView(call, draft), status, { etag: draftEtag(draft), location: `/v1/pack_drafts/${draft.pack_id}` });
};

const IDENTITY = {
  name: "My Pack",
  description: "Follows trends of liquid stocks over days and takes few, considered positions.",
  ...FIRST_CHOICES,
};
const INSTRUMENTS = {
  supported_instruments: ["stocks"],
  default_instrument: "stocks",
  horizons: ["swing"],
  cadences: ["daily"],
  signal_interval: "daily",
  indicators: ["ret", "rsi", "adx", "natr"],
  sets: {
    default: [
      { name: "ret", window: 5 },
      { name: "rsi", window: 14 },
      { name: "adx", window: 14 },
      { name: "natr", window: 14 },
    ],
  },
  label: { kind: "forward_return", horizon: 5, entry: "decision_close" },
};
const STRATEGIES = {
  strategies: [
    {
      name: "trend",
      version: 1,
      default: true,
      description: "Trades the learner's side while a trend has some strength.",
      tags: { approach: "momentum" },
      indicators: [{ name: "adx", window: 14 }],
      entry: { all: [{ column: "adx_14", op: ">", value: 10 }] },
      side: "both",
    },
  ],
  gates: { min_bets: 20, max_drawdown_pct: 25, min_sharpe: 0.3 },
};

const VIEW = { 200: { description: "The draft, and what is compatible next", schema: DraftViewSchema } };

export const packDraftRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "post",
    path: "/pack_drafts",
    tag: "packs",
    conditional: true,
    summary: "Pack builder, step 1: who the pack is. Answers which instruments, bars and indicators fit",
    body: CreateDraftSchema,
    bodyExample: { pack_id: "my_pack", ...IDENTITY },
    answers: { 201: { description: "The draft, and what is compatible next", schema: DraftViewSchema } },
    handler: async (call) => shown(call, await (await builder()).beginDraft(call, call.body), 201),
  }),
  defineRoute({
    method: "get",
    path: "/pack_drafts",
    tag: "packs",
    summary: "Your drafts of packs",
    query: z.strictObject(pageQuery),
    answers: {
      200: {
        description: "A page of drafts",
        schema: pageSchema(z.strictObject({ pack_id: z.string(), name: z.string(), created_at: z.string(), updated_at: z.string() })),
      },
    },
    handler: async ({ ports, owner, query }) => {
      const { listDrafts } = await import("#lib/packs/builder/pack-draft-store.ts");
      const { drafts, nextCursor } = await listDrafts(ports, owner, placeOf(query));
      return page(
        drafts.map(({ pack_id, identity, created_at, updated_at }) => ({ pack_id, name: identity.name, created_at, updated_at })),
        nextCursor,
      );
    },
  }),
  defineRoute({
    method: "get",
    path: "/pack_drafts/{pack_id}",
    tag: "packs",
    summary: "A draft, where to go on, and what is compatible there",
    params: DraftParams,
    answers: VIEW,
    handler: async (call) => {
      const { readDraft } = await import("#lib/packs/builder/pack-draft-store.ts");
      const { draftView } = await builder();
      return json(await draftView(call, await readDraft(call.ports, call.owner, call.params.pack_id)));
    },
  }),
  defineRoute({
    method: "put",
    path: "/pack_drafts/{pack_id}/identity",
    tag: "packs",
    conditional: true,
    summary: "Pack builder, step 1 again: later choices that do not fit any more are dropped",
    params: DraftParams,
    body: IdentityStepSchema,
    bodyExample: IDENTITY,
    answers: VIEW,
    handler: async (call) =>
      shown(call, await (await builder()).changeIdentity(call, call.params.pack_id, call.body, call.context.req.header("if-match"))),
  }),
  defineRoute({
    method: "put",
    path: "/pack_drafts/{pack_id}/instruments",
    tag: "packs",
    conditional: true,
    summary: "Pack builder, step 2: instruments, bars, indicators, label. Answers which columns rules can read, and gates that fit",
    params: DraftParams,
    body: InstrumentsStepSchema,
    bodyExample: INSTRUMENTS,
    answers: VIEW,
    handler: async (call) =>
      shown(call, await (await builder()).changeInstruments(call, call.params.pack_id, call.body, call.context.req.header("if-match"))),
  }),
  defineRoute({
    method: "put",
    path: "/pack_drafts/{pack_id}/strategies",
    tag: "packs",
    conditional: true,
    summary: "Pack builder, step 3: strategies and gates. Answers which templates the check can run",
    params: DraftParams,
    body: StrategiesStepSchema,
    bodyExample: STRATEGIES,
    answers: VIEW,
    handler: async (call) =>
      shown(call, await (await builder()).changeStrategies(call, call.params.pack_id, call.body, call.context.req.header("if-match"))),
  }),
  defineRoute({
    method: "post",
    path: "/pack_drafts/{pack_id}/validate",
    tag: "packs",
    summary: "Pack builder, step 4: writes the pack, a draft still, and backtests it on one year of data",
    params: DraftParams,
    body: CheckRequestSchema,
    bodyExample: { ticker: "SPX" },
    startsRun: true,
    answers: RUN_ANSWERS,
    handler: async (call) => acceptRun(call, await (await builder()).validateDraft(call, call.params.pack_id, call.body)),
  }),
  defineRoute({
    method: "get",
    path: "/pack_drafts/{pack_id}/review",
    tag: "packs",
    summary: "Pack builder, step 5: the validation report, what the check found, and the documents",
    params: DraftParams,
    answers: { 200: { description: "The review", schema: reviewSchema(ValidationReportSchema) } },
    handler: async (call) => json(await (await builder()).reviewDraft(call, call.params.pack_id)),
  }),
  defineRoute({
    method: "post",
    path: "/pack_drafts/{pack_id}/save",
    tag: "packs",
    summary: "Pack builder, step 6: makes the pack one that models use, if it passed; on request it is handed in for review, too",
    params: DraftParams,
    body: z.strictObject({ submit: z.boolean().default(false) }),
    bodyExample: { submit: false },
    answers: { 200: { description: "The pack", schema: PackStateSchema } },
    handler: async (call) => json(packState(await (await builder()).saveDraft(call, call.params.pack_id, call.body.submit))),
  }),
  defineRoute({
    method: "delete",
    path: "/pack_drafts/{pack_id}",
    tag: "packs",
    conditional: true,
    summary: "Throws a draft away. What was saved of it stays",
    params: DraftParams,
    answers: { 200: { description: "What was removed", schema: z.strictObject({ pack_id: z.string(), removed: z.literal(true) }) } },
    handler: async ({ ports, owner, params: { pack_id }, context }) => {
      const { readDraft, removeDraft } = await import("#lib/packs/builder/pack-draft-store.ts");
      const { requireMatch } = await import("../http/conditions.ts");
      const { draftEtag } = await builder();
      const draft = await readDraft(ports, owner, pack_id);
      requireMatch(context.req.header("if-match"), draftEtag(draft), `draft "${pack_id}"`);
      await removeDraft(ports, owner, draft);
      return json({ pack_id, removed: true });
    },
  }),
];
