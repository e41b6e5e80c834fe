import * as z from "zod";
import { IdSchema, SymbolSchema } from "#lib/core/ids.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { listPublished, readTrainedModel } from "#lib/publishing/trained-model-store.ts";
import { startRun } from "#lib/runs/start-run.ts";
import { RunSignalsSchema } from "#lib/signals/run-signals.schema.ts";
import { type Signal, SignalSchema } from "#lib/signals/signal.schema.ts";
import { type FeedEntry, LAST_SEQ, lastSeq } from "#lib/signals/signal-feed.ts";
import { listSignals, readSignal } from "#lib/signals/signal-store.ts";
import type { ApiPorts } from "../api-deps.ts";
import { json, text } from "../http/answer.ts";
import { type CsvValue, wantsCsv } from "../http/csv.ts";
import { EVENT_STREAM, streamed } from "../http/event-stream.ts";
import { csvPage, page, pageQuery, pageSchema, placeOf } from "../http/list.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { acceptRun, RUN_ANSWERS } from "../runs/accept-run.ts";
import { collectSignals, liveSignals } from "../signals/watch-signals.ts";

const SIGNAL_COLUMNS: readonly (readonly [string, (signal: Signal) => CsvValue])[] = [
  ["signal_id", (signal) => signal.signal_id],
  ["timestamp", (signal) => signal.timestamp],
  ["pack_id", (signal) => signal.pack_id],
  ["model_id", (signal) => signal.model_id],
  ["trained_model_id", (signal) => signal.trained_model_id],
  ["ticker", (signal) => signal.ticker],
  ["signal", (signal) => signal.signal],
  ["closes", (signal) => signal.closes],
  ["confidence", (signal) => signal.confidence],
  ["quantity", (signal) => signal.quantity],
  ["order_type", (signal) => signal.order_type],
  ["price", (signal) => signal.price],
  ["entry_price", (signal) => signal.entry_price],
  ["stop_loss", (signal) => signal.stop_loss],
  ["take_profit", (signal) => signal.take_profit],
  ["exit_by", (signal) => signal.exit_by],
  ["status", (signal) => signal.status],
  ["gate_status", (signal) => signal.gate_status],
  ["proven", (signal) => signal.proven],
  ["replay", (signal) => signal.replay],
  ["stamps", (signal) => signal.stamps.join(" ")],
  ["reasons", (signal) => signal.reasons.map(({ text }) => text).join(" ")],
];

const STREAM_EXAMPLE =
  'retry: 2000\n\nid: 7\nevent: cursor\ndata: {"seq":7}\n\n' +
  'id: 8\nevent: signal\ndata: {"signal_id":"sig_0a1b2c","timestamp":"2026-01-05T21:05:00Z","signal":"BUY"}\n\n';

export const signalRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "post",
    path: "/signals/run",
    tag: "live",
    summary: "Scores your published models now, or as of a past moment",
    body: RunSignalsSchema,
    bodyExample: { as_of: "2020-02-28T21:05:00Z" },
    startsRun: true,
    answers: RUN_ANSWERS,
    handler: async (call) => {
      const { ports, owner, body, deps } = call;
      const published = await publishedIds(ports, owner);
      const { as_of, trained_model_id } = body;
      if (trained_model_id !== null && !published.includes(trained_model_id)) {
        const { model } = await readTrainedModel(ports.metadata, owner, trained_model_id);
        throw new SigmaError("UNPROCESSABLE", `"${trained_model_id}" is ${model.status}. Publish it first, then run its signal.`, {
          trained_model_id,
          status: model.status,
        });
      }
      if (published.length === 0)
        throw new SigmaError("UNPROCESSABLE", "No model is published, so there is nothing to score. Publish a trained model first.");
      const started = await startRun(ports, {
        owner,
        machine: "signals",
        packId: null,
        modelId: null,
        tag: as_of === null ? "signals" : "replay",
        codeVersion: ports.codeVersion,
        input: {
          tick: as_of ?? new Date(deps.now()).toISOString(),
          request: { as_of, trained_model_id, scope: "owner" },
          // The same replay after another publication is another question.
          basis: { published },
        },
      });
      return acceptRun(call, started);
    },
  }),
  defineRoute({
    method: "get",
    path: "/signals",
    tag: "live",
    summary: "Signals, newest first; JSON or, with Accept: text/csv, CSV",
    query: z.strictObject({ model_id: IdSchema.optional(), ...pageQuery }),
    answers: {
      200: {
        description: "A page of signals",
        schema: pageSchema(SignalSchema),
        also: { "text/csv": "signal_id,timestamp,pack_id,model_id\r\nsig_0a1b2c,2026-01-05T21:05:00Z,swingsigma,spx_eq_swing_daily\r\n" },
      },
    },
    handler: async ({ ports, owner, query, context }) => {
      const { model_id, ...place } = query;
      const { rows, nextCursor } = await listSignals(ports.metadata, owner, {
        ...placeOf(place),
        ...(model_id === undefined ? {} : { modelId: model_id }),
      });
      if (!wantsCsv(context.req.header("accept"))) return page(rows, nextCursor);
      return csvPage(
        SIGNAL_COLUMNS.map(([name]) => name),
        rows.map((signal) => SIGNAL_COLUMNS.map(([, value]) => value(signal))),
        nextCursor,
      );
    },
  }),
  // Before the route of one signal, which would take the word for an id.
  defineRoute({
    method: "get",
    path: "/signals/stream",
    tag: "live",
    summary: "New signals as server-sent events, in the order in which they are written; goes on after Last-Event-ID",
    query: z.strictObject({
      model_id: IdSchema.optional(),
      pack_id: IdSchema.optional(),
      ticker: SymbolSchema.optional(),
      after: z.coerce
        .number<string>()
        .int()
        .min(0)
        .max(LAST_SEQ)
        .optional()
        .describe("As Last-Event-ID, for clients that cannot set headers; 0 = from the first signal; absent = from now on"),
    }),
    answers: {
      200: {
        description:
          "signal events, and cursor events that say where to go on; a stream of 15 minutes on one machine; in the cloud what was written within 20 s, with retry: 2000",
        type: "text/event-stream",
        example: STREAM_EXAMPLE,
      },
    },
    handler: async ({ deps, ports: { metadata }, owner, query, context }) => {
      const from = lastEventId(context.req.header("last-event-id")) ?? query.after;
      const newest = await lastSeq(metadata, owner);
      if (from !== undefined && from > newest)
        throw new SigmaError("INVALID_PARAM", `No event of yours has the id ${from}; the newest is ${newest}. Connect without an id.`, {
          last_event_id: from,
          newest,
        });
      const { model_id, pack_id, ticker } = query;
      const watch = {
        metadata,
        owner,
        after: from ?? newest,
        resumed: from !== undefined,
        takes: (entry: FeedEntry) =>
          (model_id ?? entry.model_id) === entry.model_id &&
          (pack_id ?? entry.pack_id) === entry.pack_id &&
          (ticker ?? entry.ticker) === entry.ticker,
      };
      const { signal } = context.req.raw;
      if (deps.mode === "local") return streamed((gone) => liveSignals(watch, gone), signal);
      return text(await collectSignals(watch, signal), EVENT_STREAM);
    },
  }),
  defineRoute({
    method: "get",
    path: "/signals/{signal_id}",
    tag: "live",
    summary: "One signal with its probabilities, thresholds, reasons and lineage",
    params: z.strictObject({ signal_id: IdSchema }),
    answers: { 200: { description: "The signal", schema: SignalSchema } },
    handler: async ({ ports, owner, params }) => json(await readSignal(ports.metadata, owner, params.signal_id)),
  }),
];

/** @throws INVALID_PARAM when it is no id of an event */
function lastEventId(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  throw new SigmaError(
    "INVALID_PARAM",
    `Last-Event-ID is the id of an event, a whole number of at most nine digits; found ${JSON.stringify(header.slice(0, 40))}.`,
    {},
    { fieldErrors: [{ path: "last-event-id", issue: "must be the id of an event" }] },
  );
}

/** Ids of the owner's published models, in order. */
async function publishedIds({ metadata }: ApiPorts, owner: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const found = await listPublished(metadata, { owner, limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    ids.push(...found.rows.map((model) => model.trained_model_id));
    cursor = found.nextCursor ?? undefined;
  } while (cursor !== undefined && ids.length < 1000);
  return ids.sort();
}
